#!/usr/bin/env python3
"""Builds the Debian package, installs it into a copy of this machine, and serves from there.

The copy is an overlay: the machine's own files below, what the package writes above, thrown away at
the end. In it dpkg configures the package for real, the user it makes serves the demo from the
installed paths, backs it up and is removed again; people's data must stay. Caddy, HAProxy and
promtool read the examples; the figures that the alerts name are asked of the running server.
"""

import argparse
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "fault"))

from report import Report  # noqa: E402
from server import Client, free_port  # noqa: E402

EXAMPLES = ROOT / "packaging" / "examples"
UNPACKED = ROOT / "build" / "programs"
EXPECTED_FILES = (
    "./usr/bin/emplettes",
    "./usr/lib/systemd/system/emplettes.service",
    "./usr/lib/systemd/system/emplettes-backup.timer",
    "./etc/default/emplettes",
    "./usr/share/man/man1/emplettes.1.gz",
    "./usr/share/doc/emplettes/copyright",
    "./usr/share/doc/emplettes/operations.md",
    "./usr/share/doc/emplettes/examples/Caddyfile",
)
PLAIN_ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}
EXPOSURE_MAX = 20  # of systemd-analyze security, in tenths
WAIT_SECONDS_MAX = 30
# Names that Prometheus makes by itself, or of a rule's language.
NOT_OURS = {"up"}
FUNCTIONS = {"increase", "rate", "changes", "time", "sum", "by", "histogram_quantile"}


def run(*words: object, **options: object) -> subprocess.CompletedProcess:
    command = [str(word) for word in words]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def problems_of(done: subprocess.CompletedProcess) -> list[str]:
    return [] if done.returncode == 0 else [f"{done.args}: {done.stdout}{done.stderr}"]


class Copy:
    """This machine, to be written to. Used with `with`; root only."""

    def __init__(self, folder: Path):
        self.folder, self.root = folder, folder / "root"

    def __enter__(self) -> "Copy":
        subprocess.run(["mount", "-t", "tmpfs", "copy", self.folder], check=True)
        for name in ("upper", "work", "root"):
            (self.folder / name).mkdir()
        layers = f"lowerdir=/,upperdir={self.folder}/upper,workdir={self.folder}/work"
        subprocess.run(["mount", "-t", "overlay", "copy", "-o", layers, self.root], check=True)
        for name, kind in (("proc", "proc"), ("dev", "")):
            where = self.root / name
            mount = ["-t", kind, kind] if kind else ["--rbind", f"/{name}"]
            subprocess.run(["mount", *mount, where], check=True)
        return self

    def command(self, *words: object) -> list[str]:
        return ["chroot", str(self.root), *map(str, words)]

    def run(self, *words: object) -> subprocess.CompletedProcess:
        return run(*self.command(*words), env=PLAIN_ENVIRONMENT)

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", "--recursive", "--lazy", self.folder], check=True)


class PackageTest:
    def __init__(self, arguments: argparse.Namespace, folder: Path):
        self.build = arguments.build.resolve()
        self.report = Report(arguments.checks)
        self.folder = folder
        self.package: Path | None = None

    def run(self) -> int:
        self._build_package()
        self._check_examples()
        self._clean()
        if os.geteuid() != 0:
            self.report.skip("an installation", "only root may mount an overlay")
        elif self.package:
            (self.folder / "copy").mkdir()
            with Copy(self.folder / "copy") as copy:
                self._install(copy)
                self._serve(copy)
                self._remove(copy)
        return self.report.end()

    def _build_package(self) -> None:
        fast = "CPACK_DEBIAN_COMPRESSION_TYPE=gzip"
        packed = run("cpack", "-G", "DEB", "-D", fast, "-B", self.folder, cwd=self.build)
        problems = problems_of(packed)
        self.package = next(self.folder.glob("emplettes_*.deb"), None)
        if self.package:
            listed = run("dpkg-deb", "-c", self.package).stdout
            lines = {line.split()[-1]: line for line in listed.splitlines()}
            problems += [f"{name} is not in it" for name in EXPECTED_FILES if name not in lines]
            problems += [f"not root's: {x}" for x in lines.values() if "root/root" not in x]
            control = run("dpkg-deb", "-I", self.package).stdout
            wanted = ("libpq5", "libsqlite3-0", "libzstd1", "adduser", "conffiles", "postinst")
            problems += [f"the control file lacks {x}" for x in wanted if x not in control]
        self.report.check("the package builds and holds what it should", problems)

    def _check_examples(self) -> None:
        libraries = UNPACKED / "usr/lib" / f"{os.uname().machine}-linux-gnu"
        tools = {
            "caddy": UNPACKED / "usr/bin/caddy",
            "haproxy": UNPACKED / "usr/sbin/haproxy",
            "promtool": UNPACKED / "usr/bin/promtool",
        }
        missing = [name for name, path in tools.items() if not path.exists()]
        if missing:
            self.report.skip("the examples", f"not unpacked (tools/parts.sh): {missing}")
            return
        validated = run(tools["caddy"], "validate", "--adapter", "caddyfile", "--config",
                        EXAMPLES / "Caddyfile", env={**os.environ, "HOME": str(self.folder)})
        self.report.check("Caddy reads its example", problems_of(validated))
        rules = ROOT / "packaging" / "emplettes-alerts.yml"
        for file in (rules, EXAMPLES / "prometheus.yml"):
            shutil.copy(file, self.folder)
        config = self.folder / "prometheus.yml"
        problems = problems_of(run(tools["promtool"], "check", "rules", rules))
        problems += problems_of(run(tools["promtool"], "check", "config", config))
        self.report.check("Prometheus reads its example and the alerts", problems)
        self.haproxy = [str(tools["haproxy"])], {**os.environ, "LD_LIBRARY_PATH": str(libraries)}
        text = (EXAMPLES / "haproxy.cfg").read_text()
        checked = self._haproxy_with(text.replace("/etc/haproxy", str(self.folder)), "-c")
        self.report.check("HAProxy reads its example", problems_of(checked))
        broken = self._haproxy_with(text.replace("default_backend", "default_backing"), "-c")
        self.report.check(
            "control: a wrong word in it is seen", [] if broken.returncode else ["it was not"]
        )

    def _haproxy_with(self, text: str, *options: str) -> subprocess.CompletedProcess:
        key, certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        if not key.exists():
            run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost",
                "-keyout", key, "-out", certificate)
            together = certificate.read_text() + key.read_text()
            (self.folder / "emplettes.pem").write_text(together)
        config = self.folder / "haproxy.cfg"
        config.write_text(text)
        command, environment = self.haproxy
        return run(*command, *options, "-f", config, env=environment)

    def _install(self, copy: Copy) -> None:
        shutil.copy(self.package, copy.root / "emplettes.deb")
        problems = problems_of(copy.run("dpkg", "-i", "/emplettes.deb"))
        problems += problems_of(copy.run("getent", "passwd", "emplettes"))
        for name in ("/var/lib/emplettes", "/var/backups/emplettes"):
            found = copy.run("stat", "-c", "%U %a", name).stdout.strip()
            if found != "emplettes 750":
                problems.append(f"{name} is {found}")
        self.report.check("dpkg installs it", problems)
        units = [f"/lib/systemd/system/{name}" for name in
                 ("emplettes.service", "emplettes-backup.service", "emplettes-backup.timer")]
        problems = problems_of(copy.run("systemd-analyze", "verify", "--man=no", *units))
        problems += problems_of(copy.run("systemd-analyze", "security", "--offline=true",
                                         f"--threshold={EXPOSURE_MAX}", units[0]))
        self.report.check("systemd reads the units, their sandbox is tight", problems)

    def _clean(self) -> None:
        """With the words of the unit, over files of other days."""
        folder = self.folder / "kept"
        folder.mkdir()
        ages = {"emplettes-a.tar": 0, "emplettes-b.tar": 30, "emplettes-c.tar": 36, "mine.tar": 99,
                "emplettes-d.tar.partial": 0, "emplettes-e.tar.partial": 2}
        for name, days in ages.items():
            (folder / name).touch()
            then = time.time() - days * 86400
            os.utime(folder / name, (then, then))
        unit = (ROOT / "packaging" / "emplettes-backup.service").read_text()
        problems = []
        # After the end, however it ended: ExecStartPost comes after a success only.
        for line in re.findall(r"^ExecStopPost=(.*)$", unit, re.M):
            command = line.replace("/var/backups/emplettes", str(folder))
            problems += problems_of(run(*command.split()))
        left = sorted(file.name for file in folder.iterdir())
        wanted = ["emplettes-a.tar", "emplettes-b.tar", "emplettes-d.tar.partial", "mine.tar"]
        if left != wanted:
            problems.append(f"left are {left}")
        self.report.check("old backups go, and what was interrupted", problems)

    def _as_service(self, copy: Copy, *words: object) -> list[str]:
        return copy.command("runuser", "-u", "emplettes", "--", "/usr/bin/emplettes", *words)

    def _serve(self, copy: Copy) -> None:
        data = ("--data", "/var/lib/emplettes")
        problems = problems_of(run(*self._as_service(copy, "demo", *data)))
        port = free_port()
        # What the unit says, of the files that were installed.
        unit = (copy.root / "lib/systemd/system/emplettes.service").read_text()
        settings = (copy.root / "etc/default/emplettes").read_text()
        options = re.search(r'^EMPLETTES_OPTIONS="(.*)"$', settings, re.M)[1]
        line = re.search(r"^ExecStart=/usr/bin/emplettes (.*) \$EMPLETTES_OPTIONS$", unit, re.M)[1]
        words = [*line.split(), *options.replace("8080", str(port)).split()]
        log = (self.folder / "server.log").open("wb")
        server = subprocess.Popen(self._as_service(copy, *words), stdout=log, stderr=log)
        try:
            if not self._is_answering(port):
                problems.append((self.folder / "server.log").read_text(errors="replace"))
            self.report.check("the installed program serves with the unit's own words", problems)
            self._ask_figures(port)
            self._ask_through_haproxy(port)
            target = ("backup", "/var/backups/emplettes", *data)
            problems = problems_of(run(*self._as_service(copy, *target)))
            kept = list((copy.root / "var/backups/emplettes").glob("emplettes-*.tar"))
            if len(kept) != 1 or kept[0].stat().st_mode & 0o077:
                problems.append(f"one backup that only its owner reads, not {kept}")
            self.report.check("its user backs it up while it serves", problems)
        finally:
            server.terminate()
            server.wait(30)

    @staticmethod
    def _is_answering(port: int) -> bool:
        deadline = time.monotonic() + WAIT_SECONDS_MAX
        while time.monotonic() < deadline:
            client = Client(port)
            try:
                if client.ask("GET", "/api/v1/status").status == 200:
                    return True
            except OSError:
                time.sleep(0.1)
            finally:
                client.close()
        return False

    def _ask_figures(self, port: int) -> None:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            text = answer.read().decode()
        ours = set(re.findall(r"^(?:# TYPE )?([a-z_]+)(?:\{| )", text, re.M))
        rules = (ROOT / "packaging" / "emplettes-alerts.yml").read_text()
        asked = self._names_asked(rules)
        problems = [f"no figure {name}" for name in sorted(asked - ours)]
        if len(asked) < 8:
            problems.append(f"the alerts ask for {len(asked)} figures only")
        self.report.check(f"the server has the {len(asked)} figures that alerts ask for", problems)
        odd = self._names_asked(rules.replace("job_failures_total", "job_failings_total")) - ours
        self.report.check("control: a figure that is not there is seen", [] if odd else ["no"])

    @staticmethod
    def _names_asked(rules: str) -> set[str]:
        names = set()
        for expression in re.findall(r"expr: (?:>-\n)?((?:.|\n)*?)\n\s+(?:for|labels):", rules):
            bare = re.sub(r"\{.*?\}|\[.*?\]|\(le, instance\)", "", expression)
            names |= set(re.findall(r"\b[a-z][a-z_]+\b", bare))
        return names - FUNCTIONS - NOT_OURS

    def _ask_through_haproxy(self, port: int) -> None:
        if not hasattr(self, "haproxy"):
            self.report.skip("HAProxy in front", "it is not there")
            return
        outside = free_port()
        text = (EXAMPLES / "haproxy.cfg").read_text()
        text = text.replace("/etc/haproxy", str(self.folder)).replace("bind :80\n", "")
        text = text.replace("bind :443", f"bind 127.0.0.1:{outside}").replace("8080", str(port))
        text = text.replace("    server two 127.0.0.1:8081\n", "")
        text = text.replace("maxconn 20000", "maxconn 200")  # more files than a test may open
        (self.folder / "front.cfg").write_text(text)
        command, environment = self.haproxy
        front = subprocess.Popen(
            [*command, "-f", self.folder / "front.cfg"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        try:
            problems = self._look_from_outside(f"https://127.0.0.1:{outside}")
        finally:
            front.terminate()
            front.wait(30)
        self.report.check("through HAProxy: pages by TLS, no figures", problems)

    @staticmethod
    def _look_from_outside(address: str) -> list[str]:
        trusting = ssl.create_default_context()
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE
        statuses = {}
        deadline = time.monotonic() + WAIT_SECONDS_MAX
        for path, wanted in (("/fr/", 200), ("/metrics", 404)):
            while statuses.get(path) != wanted and time.monotonic() < deadline:
                try:
                    request = urllib.request.Request(address + path, headers={"Host": "localhost"})
                    with urllib.request.urlopen(request, context=trusting) as answer:
                        statuses[path] = answer.status
                        if not answer.headers.get("Strict-Transport-Security"):
                            return ["no Strict-Transport-Security"]
                except urllib.error.HTTPError as answer:
                    statuses[path] = answer.code
                except OSError:
                    pass
                time.sleep(0.1)
        return [] if statuses == {"/fr/": 200, "/metrics": 404} else [f"answers: {statuses}"]

    def _remove(self, copy: Copy) -> None:
        problems = problems_of(copy.run("dpkg", "--purge", "emplettes"))
        if (copy.root / "usr/bin/emplettes").exists():
            problems.append("the program is still there")
        for name in ("var/lib/emplettes/emplettes.db", "var/lib/emplettes/secret.key"):
            if not (copy.root / name).exists():
                problems.append(f"/{name} is gone")
        self.report.check("removed: people's data stays", problems)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=Path("build/release"))
    parser.add_argument("--checks", type=Path, help="file that receives a line for each check")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="emplettes_package_") as folder:
        return PackageTest(arguments, Path(folder)).run()


if __name__ == "__main__":
    sys.exit(main())
