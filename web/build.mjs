// npm run build [-- --outDir DIR]: DIR/assets/<name>-<hash>.<ext>, .br and .gz beside every text
// file, and DIR/manifest.json mapping logical names ("app.css") to hashed file names.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { makeFonts } from './fonts.mjs';
import { webFolder } from './render.mjs';

const { values } = parseArgs({
    options: { outDir: { type: 'string', default: join(webFolder, 'dist') } },
});
const out = resolve(values.outDir);

const pictures = {
    name: 'emplettes-pictures',
    buildStart() {
        for (const name of ['sprite.svg', 'favicon.svg']) {
            const source = readFileSync(join(webFolder, 'icons', name), 'utf8')
                .replace(/>\s+</g, '><')
                .trim();
            this.emitFile({ type: 'asset', name, source });
        }
    },
};

function writeManifest() {
    const files = readdirSync(join(out, 'assets')).sort();
    const logical = (file) => file.replace(/-.{8}(\.\w+)$/, '$1');
    const manifest = Object.fromEntries(files.map((file) => [logical(file), file]));
    writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function compress() {
    for (const file of readdirSync(join(out, 'assets')).filter((name) =>
        /\.(css|m?js|svg|wasm)$/.test(name),
    )) {
        const path = join(out, 'assets', file);
        const bytes = readFileSync(path);
        const params = {
            [constants.BROTLI_PARAM_QUALITY]: 11,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        };
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    }
}

await makeFonts(join(webFolder, 'generated'));
await build({
    configFile: false,
    root: webFolder,
    logLevel: 'warn',
    publicDir: false,
    plugins: [pictures],
    build: {
        outDir: out,
        emptyOutDir: true,
        assetsInlineLimit: 0,
        modulePreload: false,
        chunkSizeWarningLimit: 1200, // MapLibre, which a page fetches only where a map is seen
        target: ['es2020', 'safari14', 'firefox90', 'chrome90'],
        rollupOptions: {
            input: {
                islands: join(webFolder, 'islands/islands.ts'),
                scan: join(webFolder, 'islands/scan/scan.ts'),
                scan_worker: join(webFolder, 'islands/scan/scan_worker.ts'),
                app: join(webFolder, 'styles/app.css'),
            },
            output: {
                entryFileNames: 'assets/[name]-[hash].js',
                assetFileNames: 'assets/[name]-[hash][extname]',
            },
        },
    },
});
writeManifest();
compress();
