// Reads a gettext catalogue: Map of msgid -> array of forms (one form unless plural).
import { readFileSync } from 'node:fs';

const quoted = (line) => JSON.parse(line.slice(line.indexOf('"')));

export function readCatalogue(path) {
    const entries = new Map();
    let id = '';
    let forms = null;
    let target = () => {};
    for (const line of readFileSync(path, 'utf8').split('\n')) {
        if (line.startsWith('msgid ')) {
            id = quoted(line);
            forms = [];
            target = (text) => (id += text);
        } else if (line.startsWith('msgid_plural ')) {
            target = () => {};
        } else if (line.startsWith('msgstr')) {
            const form = line[6] === '[' ? Number(line[7]) : 0;
            if (entries.has(id) && form === 0) throw new Error(`${path}: ${id} twice`);
            forms[form] = quoted(line);
            entries.set(id, forms);
            target = (text) => (forms[form] += text);
        } else if (line.startsWith('"')) {
            target(quoted(line));
        }
    }
    entries.delete('');
    return entries;
}
