// The description is valid OpenAPI 3.1 and its own examples fit its schemas.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { answers, description, find, problems } from "./description.mjs";

test("is valid OpenAPI 3.1", async () => {
    assert.match(description.openapi, /^3\.1\./);
    const outcome = await new Validator().validate(structuredClone(description));
    assert.deepEqual(outcome, { valid: true });
});

test("a broken description is noticed", async () => {
    const broken = structuredClone(description);
    delete broken.info.title;
    assert.equal((await new Validator().validate(broken)).valid, false);
});

test("every operation has a name of its own and says what can go wrong", () => {
    const operations = Object.values(description.paths)
        .flatMap((item) => ["get", "post", "delete"].map((method) => item[method]))
        .filter(Boolean);
    const names = operations.map((operation) => operation.operationId);
    assert.equal(new Set(names).size, operations.length);
    for (const { operationId, responses } of operations) {
        assert.ok(responses["503"], `${operationId} may be refused when the house is full`);
    }
});

for (const { path, method, status, media } of answers()) {
    if (media?.example === undefined) continue;
    test(`example of ${method} ${path} ${status} fits`, () => {
        assert.equal(problems(media.schema, media.example), "");
    });
}

test("an answer that does not fit is noticed", () => {
    const answer = find({ method: "GET", target: "/api/v1/search?q=a", status: 200 });
    const body = structuredClone(answer.media.example);
    body.hits[0].offers[0].price_cents = "12,90";
    assert.match(problems(answer.media.schema, body), /price_cents must be integer/);
    delete body.total;
    assert.match(problems(answer.media.schema, body), /total/);
});

test("an answer nobody described is noticed", () => {
    assert.equal(find({ method: "GET", target: "/api/v1/search", status: 418 }), undefined);
    assert.equal(find({ method: "PUT", target: "/api/v1/search", status: 200 }), undefined);
    assert.equal(find({ method: "GET", target: "/api/v1/nothing", status: 200 }), undefined);
});
