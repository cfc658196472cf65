// Journeys through the real program: build/release/emplettes on a fresh demo territory, in Debian's
// Chromium. Each journey runs as four visitors (a dark phone or a light desk, with and without
// script), in two languages where it matters; script.spec.mjs only where there is script.
import { defineConfig } from "@playwright/test";
import { existsSync } from "node:fs";
import { address } from "./server.mjs";

// Without the frame of a window around the page: the journeys take three quarters of the time.
export const chromium = process.env.EMPLETTES_CHROMIUM ??
    ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find(existsSync);
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, colorScheme: "dark" };
const desk = { viewport: { width: 1280, height: 900 }, colorScheme: "light" };
const needsScript = ["script.spec.mjs", "map.spec.mjs", "scan_camera.spec.mjs"];

export default defineConfig({
    testDir: ".",
    outputDir: "../../build/test-results/browser/traces",
    globalSetup: "./server.mjs",
    fullyParallel: true,
    workers: 2,
    // Scanners are told from hands by milliseconds, and the machine may be busy: what fails twice
    // is broken, what fails once is listed as flaky.
    retries: 1,
    forbidOnly: true,
    timeout: 60_000,
    expect: { timeout: 10_000 },
    reporter: [["list"], ["junit", { includeProjectInTestName: true }]],
    use: {
        baseURL: address,
        launchOptions: { executablePath: chromium, args: ["--no-sandbox"] },
        timezoneId: "Europe/Paris",
        screenshot: "only-on-failure",
    },
    projects: [
        { name: "phone", use: phone },
        { name: "desk", use: desk },
        { name: "phone without script", use: { ...phone, javaScriptEnabled: false },
          testIgnore: needsScript },
        { name: "desk without script", use: { ...desk, javaScriptEnabled: false },
          testIgnore: needsScript },
    ],
});
