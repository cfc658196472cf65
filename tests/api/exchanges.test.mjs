// What the server really answered while the scenarios played (one JSON object a line, the file
// named by EMPLETTES_EXCHANGES) fits the description, and everything described was asked for.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { answers, description, find, follow, problems } from "./description.mjs";

const base = description.servers[0].url;
const exchanges = readFileSync(process.env.EMPLETTES_EXCHANGES, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter((exchange) => exchange.target.startsWith(`${base}/`));

// Addresses, methods and hosts that do not exist are not described, and rightly so.
const isUnknownAddress = (exchange) => [404, 405, 421].includes(exchange.status) && !find(exchange);
const described = exchanges.filter((exchange) => !isUnknownAddress(exchange));

test("the scenarios use the interface", () => assert.ok(described.length > 0));

for (const exchange of described) {
    const { scenario, method, target, status, type, body } = exchange;
    test(`${scenario}: ${method} ${target} ${status}`, () => {
        const answer = find(exchange);
        assert.ok(answer, "the description does not know this answer");
        if (!answer.media) return assert.equal(body, "");
        assert.equal(type.split(";")[0], answer.type);
        assert.equal(problems(answer.media.schema, JSON.parse(body)), "");
    });
}

// A parameter that is described but never read would pass unseen.
for (const [path, { get }] of Object.entries(description.paths)) {
    for (const parameter of (get?.parameters ?? []).map(follow)) {
        if (parameter.in !== "query") continue;
        test(`a scenario sees ${parameter.name} of ${path} taken`, () => {
            const takes = ({ target }) =>
                new URLSearchParams(target.split("?")[1]).has(parameter.name);
            assert.ok(described.some((exchange) =>
                find(exchange).path === path && exchange.status === 200 && takes(exchange)));
        });
    }
}

// 503 needs a full house or a full disk: tests/fault.
for (const answer of answers()) {
    if (answer.status === 503) continue;
    test(`a scenario sees ${answer.method} ${answer.path} ${answer.status}`, () => {
        const seen = described.some((exchange) => {
            const found = find(exchange);
            return found?.path === answer.path && found.method === answer.method &&
                found.status === answer.status;
        });
        assert.ok(seen);
    });
}
