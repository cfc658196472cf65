#!/usr/bin/env python3
"""A mail server for tests: Debian's aiosmtpd on a loopback port, which it prints.

What it answers is decided by the name that a mail is sent to: later2@ is put off twice, nobody@ is
refused, spam@ is refused after its content, cut@ is taken and the answer to it lost, once. Every
mail that it took becomes a line of JSON in FOLDER/mails.jsonl.
"""

import argparse
import asyncio
import collections
import json
import re
import ssl
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Desk:
    def __init__(self, folder: Path) -> None:
        self.mails = folder / "mails.jsonl"
        self.asked: collections.Counter[str] = collections.Counter()

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.asked[address] += 1
        name = address.split("@")[0]
        later = re.fullmatch(r"later(\d+)", name)
        if later and self.asked[address] <= int(later[1]):
            return "451 4.7.1 greylisted, come again"
        if name == "nobody":
            return "550 5.1.1 no such user here"
        if name == "relaying":
            return "550 5.7.1 relaying denied"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "spam":
            return "554 5.7.1 this looks like spam"
        line = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "content": envelope.content.decode(),
            "peer": session.peer[1],
            "helo": session.host_name,
            "tls": session.ssl is not None,
            "user": session.auth_data.decode() if session.auth_data else "",
        }
        with self.mails.open("a") as file:
            file.write(json.dumps(line) + "\n")
        if name == "cut" and self.asked[envelope.rcpt_tos[0]] == 1:
            server.transport.abort()
        return "250 2.0.0 taken"


def check_password(wanted: str):
    def authenticate(server, session, envelope, mechanism, data):
        if not isinstance(data, LoginPassword):
            return AuthResult(success=False)
        user, password = data.login.decode(), data.password.decode()
        is_right = f"{user}:{password}" == wanted
        return AuthResult(success=is_right, handled=False, auth_data=data.login)

    return authenticate


async def serve(options: argparse.Namespace) -> None:
    context = None
    if options.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.certificate, options.key)
    desk = Desk(options.folder)
    is_wrapped = options.tls == "smtps"

    def make() -> SMTP:
        return SMTP(
            desk,
            hostname="relay.test",
            tls_context=None if is_wrapped else context,
            require_starttls=options.tls == "starttls",
            auth_required=bool(options.login),
            auth_require_tls=options.tls == "starttls",
            authenticator=check_password(options.login) if options.login else None,
            data_size_limit=200_000,
            loop=asyncio.get_running_loop(),
        )

    server = await asyncio.get_running_loop().create_server(
        make, "127.0.0.1", options.port, ssl=context if is_wrapped else None
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


parser = argparse.ArgumentParser()
parser.add_argument("--folder", type=Path, required=True)
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--tls", choices=["none", "starttls", "smtps"], default="none")
parser.add_argument("--certificate", default="")
parser.add_argument("--key", default="")
parser.add_argument("--login", default="", help="NAME:PASSWORD that must be given")
asyncio.run(serve(parser.parse_args()))
