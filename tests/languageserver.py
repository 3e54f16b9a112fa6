"""yaml-language-server, as an editor talks to it: messages of the Language Server Protocol over its standard streams."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Self

COMMAND = shutil.which("yaml-language-server")


class LanguageServer:
    """One server, in a folder; closed with the block that it is used in."""

    def __init__(self, folder: Path) -> None:
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen([str(COMMAND), "--stdio"], cwd=folder, **streams)
        self._send(
            id=1, method="initialize", params={"processId": None, "rootUri": folder.as_uri(), "capabilities": {}}
        )
        while self._receive().get("id") != 1:
            pass
        self._send(method="initialized", params={})
        settings = {"yaml": {"validate": True, "schemaStore": {"enable": False}}}
        self._send(method="workspace/didChangeConfiguration", params={"settings": settings})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def findings(self, path: Path) -> list[tuple[int, str]]:
        """Open a file; return the line, from 1 on, and the text of each diagnostic."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": path.read_text(encoding="utf-8")}
        self._send(method="textDocument/didOpen", params={"textDocument": document})
        while True:
            message = self._receive()
            if "id" in message and "method" in message:  # it asks something of the editor, which has no opinion
                items = message.get("params", {}).get("items")
                self._send(id=message["id"], result=[None] * len(items) if items else None)
            elif (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"]["uri"] == document["uri"]
            ):
                found = message["params"]["diagnostics"]
                return [(each["range"]["start"]["line"] + 1, each["message"]) for each in found]

    def _send(self, **message: object) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _receive(self) -> dict:
        length = 0
        while header := self._process.stdout.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server has gone away"
        return json.loads(self._process.stdout.read(length))
