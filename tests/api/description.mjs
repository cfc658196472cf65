// docs/api/openapi.yaml as something to check answers with.
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";

const file = new URL("../../docs/api/openapi.yaml", import.meta.url);
export const description = parse(readFileSync(file, "utf8"));

const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats(ajv);
ajv.addSchema(description, "api");

export const follow = (node) =>
    node?.$ref ? node.$ref.slice(2).split("/").reduce((at, key) => at[key], description) : node;

const expression = (path) => new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`);

// Every answer the description knows: {path, method, status, type, media}.
export function* answers() {
    for (const [path, item] of Object.entries(description.paths)) {
        for (const method of ["get", "post", "put", "patch", "delete"]) {
            for (const [status, reference] of Object.entries(item[method]?.responses ?? {})) {
                const [type, media] = Object.entries(follow(reference).content ?? {})[0] ?? [];
                yield { path, method, status: Number(status), type, media };
            }
        }
    }
}

// Problems of a value with a schema of the description, as text; empty when it fits.
export function problems(schema, value) {
    const check = ajv.compile(rebased(schema));
    return check(value) ? "" : ajv.errorsText(check.errors, { dataVar: "body" });
}

// The schema with its references made absolute.
function rebased(node) {
    if (Array.isArray(node)) return node.map(rebased);
    if (node === null || typeof node !== "object") return node;
    return Object.fromEntries(
        Object.entries(node).map(([key, value]) =>
            key === "$ref" ? [key, `api${value}`] : [key, rebased(value)],
        ),
    );
}

// Which described answer an exchange is; undefined when the description does not know it.
export function find({ method, target, status }) {
    const path = target.split("?")[0].slice(description.servers[0].url.length);
    const wanted = method.toLowerCase();
    return [...answers()].find(
        (answer) =>
            answer.method === wanted &&
            answer.status === status &&
            expression(answer.path).test(path),
    );
}
