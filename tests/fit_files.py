"""FIT files for tests, made from the public description of the protocol."""

import struct

# The figures below are those of the public FIT protocol: message numbers, field numbers, base types.
ENUM, UINT16, UINT32, TEXT = 0x00, 0x84, 0x86, 0x07
PACKED = {ENUM: "<B", UINT16: "<H", UINT32: "<I"}
UNSET = {ENUM: 0xFF, UINT16: 0xFFFF, UINT32: 0xFFFFFFFF}
FILE_ID = (0, {"type": (0, ENUM)})
WORKOUT = (26, {"name": (8, TEXT), "count": (6, UINT16)})
STEP = (
    27,
    {
        "index": (254, UINT16),
        "name": (0, TEXT),
        "kind": (1, ENUM),
        "value": (2, UINT32),
        "target": (3, ENUM),
        "target_value": (4, UINT32),
        "low": (5, UINT32),
        "high": (6, UINT32),
        "intensity": (7, ENUM),
        "notes": (8, TEXT),
        "category": (10, UINT16),
        "exercise": (11, UINT16),
    },
)
TIME, DISTANCE, OPEN, REPEAT, REPS = 0, 1, 5, 6, 29
ACTIVE, REST, WARMUP = 0, 1, 2
LONGEST = 40


def crc(data: bytes) -> int:
    """Return the checksum of the protocol: CRC-16 with the polynomial 0xA001."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ (0xA001 if value & 1 else 0)
    return value


def message(of: tuple[int, dict[str, tuple[int, int]]], **values: int | str) -> bytes:
    """Return the definition of a message, and the message."""
    number, fields = of
    definition = struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields))
    data = b"\0"
    for name, (field, base) in fields.items():
        if base == TEXT:
            definition += struct.pack("BBB", field, LONGEST, base)
            data += str(values.get(name, "")).encode()[: LONGEST - 1].ljust(LONGEST, b"\0")
        else:
            definition += struct.pack("BBB", field, struct.calcsize(PACKED[base]), base)
            data += struct.pack(PACKED[base], values.get(name, UNSET[base]))
    return definition + data


def file(*messages: bytes) -> bytes:
    """Return a FIT file: header, messages, checksums."""
    body = b"".join(messages)
    header = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    head = header + struct.pack("<H", crc(header))
    return head + body + struct.pack("<H", crc(head + body))


def workout(*steps: dict[str, int | str], name: str = "Strength") -> bytes:
    """Return a workout of these steps."""
    made = [message(STEP, index=index, **step) for index, step in enumerate(steps)]
    return file(message(FILE_ID, type=5), message(WORKOUT, name=name, count=len(steps)), *made)
