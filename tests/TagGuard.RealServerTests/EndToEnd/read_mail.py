"""Reads a mail as any program does, and prints what is in it as JSON."""

import email.policy
import email
import json
import re
import struct
import sys
import zlib


def picture(data):
    """Width, height and bytes of pixels of a PNG whose parts are all whole."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, pixels, size = 8, b"", None
    while at < len(data):
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0]
        if kind == b"IHDR":
            size = struct.unpack(">II", body[:8])
        if kind == b"IDAT":
            pixels += body
        at += 12 + length
    return [*size, len(zlib.decompress(pixels))]


with open(sys.argv[1], "rb") as file:
    mail = email.message_from_binary_file(file, policy=email.policy.default)
parts = list(mail.walk())
html = next(part for part in parts if part.get_content_type() == "text/html" and not part.is_attachment())
print(json.dumps({
    "subject": mail["subject"],
    "from": [str(address) for address in mail["from"].addresses],
    "to": [str(address) for address in mail["to"].addresses],
    "id": mail["message-id"],
    "shape": [part.get_content_type() for part in parts],
    "defects": [str(defect) for part in parts for defect in part.defects],
    "text": mail.get_body(("plain",)).get_content(),
    "html": html.get_content(),
    "shown": re.findall(r'src="cid:([^"]+)"', html.get_content()),
    "pictures": {part["content-id"].strip("<>"): picture(part.get_content()) for part in parts if part.get_content_type() == "image/png"},
    "files": {part.get_filename(): part.get_content() for part in mail.iter_attachments()},
    "bytes": sum(len(part.as_bytes()) for part in mail.iter_parts() if not part.is_attachment()),
}))
