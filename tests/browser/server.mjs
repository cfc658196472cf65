// Starts `emplettes serve` on a throw-away demo and ends it after the last journey.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
export const program = join(root, "build/release/emplettes");
const port = Number(process.env.EMPLETTES_BROWSER_PORT ?? 18653);
export const address = `http://127.0.0.1:${port}`;

// Who was the operator of the journey before: a territory has fifty at most.
let operatorBefore = null;

// Somebody who may sign in: addUser("ada@example.org", "--operator"), or "--shop", slug. One
// operator at a time in each worker: the one before has gone when the next comes.
export function addUser(email, ...role) {
    const data = process.env.EMPLETTES_BROWSER_DATA;
    const user = (...words) =>
        execFileSync(program, ["user", ...words, "--data", data], { cwd: root });
    if (role[0] === "--operator") {
        if (operatorBefore) user("remove", operatorBefore);
        operatorBefore = email;
    }
    user("add", email, ...role);
}

async function answers() {
    try {
        return (await fetch(`${address}/api/v1/status`)).ok;
    } catch {
        return false;
    }
}

export default async function serve() {
    if (await answers()) throw new Error(`somebody else answers on ${address}`);
    const data = mkdtempSync(join(tmpdir(), "emplettes-browser-"));
    execFileSync(program, ["demo", "--data", data], { cwd: root, stdio: "inherit" });
    process.env.EMPLETTES_BROWSER_DATA = data;  // for addUser, in the workers
    const log = openSync(join(data, "serve.log"), "w");
    const server = spawn(program, ["serve", "--data", data, "--port", String(port)], {
        cwd: root,
        stdio: ["ignore", log, log],
    });
    const ended = new Promise((resolve) => server.once("exit", resolve));
    for (const deadline = Date.now() + 15_000; !(await answers()); ) {
        if (server.exitCode !== null || Date.now() > deadline) {
            server.kill("SIGKILL");
            throw new Error(`the server did not start: see ${data}/serve.log`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return async () => {
        server.kill("SIGTERM");
        const status = await ended;
        if (status !== 0) throw new Error(`the server ended with ${status}: see ${data}/serve.log`);
        rmSync(data, { recursive: true });
    };
}
