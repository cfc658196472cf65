#!/usr/bin/env python3
"""A provider of text messages for tests: an HTTP server on a loopback port, which it prints.

The first answers are those of --answers ("503,202"), the last of them is repeated. Every request
becomes a line of JSON in FOLDER/texts.jsonl.
"""

import argparse
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--folder", type=Path, required=True)
parser.add_argument("--answers", default="202")
options = parser.parse_args()
answers = [int(status) for status in options.answers.split(",")]


class Provider(BaseHTTPRequestHandler):
    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        line = {
            "method": self.command,
            "path": self.path,
            "headers": dict(self.headers),
            "body": body.decode(),
        }
        with (options.folder / "texts.jsonl").open("a") as file:
            file.write(json.dumps(line) + "\n")
        self.send_response(answers.pop(0) if len(answers) > 1 else answers[0])
        self.end_headers()
        self.wfile.write(b"said the provider")

    do_POST = do_PUT = do_GET = answer

    def log_message(self, *arguments: object) -> None:
        pass


server = HTTPServer(("127.0.0.1", 0), Provider)
print(server.server_address[1], flush=True)
server.serve_forever()
