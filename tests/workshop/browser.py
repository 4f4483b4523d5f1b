"""A real browser without a window: Debian's chromium, through its own driver by the W3C WebDriver protocol."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
MISSING = "chromium and chromedriver are not installed (apt-get install chromium chromium-driver)"


class Browser:
    """One window of the browser; ``offline`` cuts it off from every network, this machine's own included."""

    def __init__(self, address: str, session: str) -> None:
        self.base = f"{address}/session/{session}"

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One command of the protocol; its value."""
        return _call(method, f"{self.base}{path}", body)

    def go(self, url: str) -> None:
        """Opens a page and waits until it is there."""
        self.call("POST", "/url", {"url": url})

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script returns on the page."""
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def find(self, selector: str) -> str:
        """The id of the first element of a selector."""
        return str(next(iter(self.call("POST", "/element", {"using": "css selector", "value": selector}).values())))

    def click(self, selector: str) -> None:
        """Clicks on the first element of a selector, as a mouse would."""
        self.call("POST", f"/element/{self.find(selector)}/click", {})

    def hover(self, selector: str) -> None:
        """Moves the mouse onto the first element of a selector."""
        element = {"element-6066-11e4-a52e-4f735466cecf": self.find(selector)}
        move = {"type": "pointerMove", "duration": 0, "origin": element, "x": 0, "y": 0}
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": [move]}
        self.call("POST", "/actions", {"actions": [mouse]})

    def keys(self, text: str) -> None:
        """Presses keys, one after another."""
        strokes = [{"type": kind, "value": char} for char in text for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]})

    def offline(self) -> None:
        """Cuts the network."""
        conditions = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        self.call("POST", "/goog/cdp/execute", {"cmd": "Network.enable", "params": {}})
        self.call("POST", "/goog/cdp/execute", {"cmd": "Network.emulateNetworkConditions", "params": conditions})

    def console(self) -> list[str]:
        """The warnings and errors on the console since they were last asked for."""
        return [entry["message"] for entry in self.call("POST", "/se/log", {"type": "browser"})]

    def picture(self) -> bytes:
        """What the window shows, as PNG."""
        return base64.b64decode(self.call("GET", "/screenshot"))

    def pdf(self) -> bytes:
        """The page as it prints."""
        return base64.b64decode(self.call("POST", "/print", {"background": True}))

    def size(self, width: int, height: int) -> None:
        """Makes the page exactly so many pixels large."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("POST", "/goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": metrics})

    def until(self, script: str, seconds: float = 20.0) -> None:
        """Waits until a script returns something true."""
        end = time.monotonic() + seconds
        while not self.run(script):
            assert time.monotonic() < end, f"never came: {script}"
            time.sleep(0.1)


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser of its own, gone with its driver at the end."""
    assert CHROMIUM is not None
    assert DRIVER is not None
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        driver = subprocess.Popen([DRIVER, f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        address, window = f"http://127.0.0.1:{port}", None
        try:
            _ready(address)
            options = {
                "binary": CHROMIUM,
                "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                         "--hide-scrollbars", f"--user-data-dir={Path(profile) / 'profile'}"],
            }  # fmt: skip
            wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
            made = _call("POST", f"{address}/session", {"capabilities": {"alwaysMatch": wanted}})
            window = Browser(address, made["sessionId"])
            yield window
        finally:
            if window is not None:
                window.call("DELETE", "")
            driver.terminate()
            driver.wait(20)


def _ready(address: str) -> None:
    for _ in range(200):
        try:
            if _call("GET", f"{address}/status")["ready"]:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the driver does not answer")


def _call(method: str, url: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        with error:
            raise AssertionError(error.read().decode()[:600]) from None
