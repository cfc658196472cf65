"""Exim, a mail server of Debian's, in a folder of its own: nothing is installed and none of the
machine's own mail is touched. It runs in a mount namespace where its user exists (root only).

It takes mails by STARTTLS and a password on one port, as a relay; keeps those to near.example in a
file; hands those to far.example to itself on another port, as the other side, which knows nobody;
and pipes what comes back to bounces+… into a command.
"""

import mailbox
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

START_SECONDS_MAX = 60
USER = "Debian-exim"
USER_ID = 64998
PROGRAM_PLACES = ("/usr/sbin/exim4", "build/exim/usr/sbin/exim4")

CONFIGURATION = """
exim_user = {user}
exim_group = {user}
spool_directory = {folder}/spool
log_file_path = {folder}/spool/exim_%slog
pid_file_path =
exim_path = {program}
primary_hostname = relay.test
domainlist local_domains = near.example : ville.example
keep_environment =
daemon_smtp_ports = {port} : {far_port}
local_interfaces = 127.0.0.1
tls_certificate = {folder}/cert.pem
tls_privatekey = {folder}/key.pem
tls_advertise_hosts = *
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
acl_smtp_rcpt = check_rcpt
acl_smtp_mail = check_mail

begin acl
check_mail:
  accept condition = ${{if eq{{$received_port}}{{{far_port}}}}}
  accept authenticated = *
  deny message = 5.7.0 sign in first
check_rcpt:
  deny condition = ${{if eq{{$received_port}}{{{far_port}}}}}
       message = 5.1.1 no such user at far.example
  accept

begin routers
bounces:
  driver = accept
  domains = ville.example
  local_parts = bounces
  local_part_suffix = +*
  transport = bounce_pipe
far:
  driver = manualroute
  domains = far.example
  route_list = * 127.0.0.1::{far_port}
  self = send
  transport = far_smtp
near:
  driver = accept
  domains = near.example
  transport = box

begin transports
box:
  driver = appendfile
  file = {folder}/box
  user = {user}
far_smtp:
  driver = smtp
  allow_localhost
  hosts_avoid_tls = *
bounce_pipe:
  driver = pipe
  command = {bounce_command}
  user = {user}
  return_fail_output
  temp_errors = 75
  log_output

begin retry
* * F,1m,2s

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{emplettes}}}}{{eq{{$auth3}}{{geheim}}}}}}}}
  server_set_id = $auth2
"""

# The user need not be one of this machine's: inside the namespace it is.
ENTER = """
set -e
if ! id -u {user} > /dev/null 2>&1; then
    (cat /etc/passwd; echo '{user}:x:{id}:{id}::/nonexistent:/usr/sbin/nologin') > {folder}/passwd
    (cat /etc/group; echo '{user}:x:{id}:') > {folder}/group
    mount --bind {folder}/passwd /etc/passwd
    mount --bind {folder}/group /etc/group
fi
exec "$@"
"""


class NoMailServer(Exception):
    """It cannot run here: the reason."""


def find_program() -> Path:
    for place in PROGRAM_PLACES:
        if Path(place).exists():
            return Path(place).resolve()
    raise NoMailServer("no exim4: tools/prepare.sh unpacks it into build/exim")


class MailServer:
    """Used with `with`; may be killed and started again."""

    def __init__(self, folder: Path, ports: tuple[int, int], bounce_command: str):
        if os.geteuid() != 0:
            raise NoMailServer("only root may make a mount namespace")
        self.folder = folder
        self.port, far_port = ports
        self.program = find_program()
        self.process: subprocess.Popen | None = None
        (folder / "spool").mkdir()
        self._make_certificate()
        (folder / "exim.conf").write_text(
            CONFIGURATION.format(
                user=USER,
                folder=folder,
                program=self.program,
                port=self.port,
                far_port=far_port,
                bounce_command=bounce_command,
            )
        )
        for path in (folder, folder / "spool", folder / "cert.pem", folder / "key.pem"):
            shutil.chown(path, USER_ID, USER_ID)

    def _make_certificate(self) -> None:
        subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        files = ["-keyout", self.folder / "key.pem", "-out", self.folder / "cert.pem"]
        subprocess.run(
            ["openssl", "req", "-x509", "-days", "2", *key, *subject, *files],
            check=True,
            capture_output=True,
        )

    def start(self) -> None:
        enter = ENTER.format(user=USER, id=USER_ID, folder=self.folder)
        exim = [self.program, "-C", self.folder / "exim.conf", "-bdf", "-q5s"]
        with (self.folder / "exim.log").open("ab") as output:
            self.process = subprocess.Popen(
                ["unshare", "-m", "bash", "-c", enter, "enter", *exim],
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        log = (self.folder / "exim.log").read_text(errors="replace")[-2000:]
        raise NoMailServer(f"exim4 did not start:\n{log}")

    def kill(self) -> None:
        """It and what it has begun, without warning."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def mails(self) -> list:
        box = self.folder / "box"
        return list(mailbox.mbox(box, create=False)) if box.exists() else []

    def log(self) -> str:
        path = self.folder / "spool" / "exim_mainlog"
        return path.read_text(errors="replace") if path.exists() else ""

    def __enter__(self) -> "MailServer":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
