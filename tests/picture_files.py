"""PNG and TIFF files written byte by byte, as their specifications say, without any library for pictures."""

import itertools
import struct
import zlib

import numpy as np


def in_bits(rows, bits, order=">"):
    """Lay samples down row by row, each row filled up to a whole byte; `order` is that of their bytes."""
    if bits == rows.dtype.itemsize * 8:
        return rows.astype(rows.dtype.newbyteorder(order)).tobytes()
    length = -(-rows[0].size * bits // 8)
    lines = ("".join(f"{int(value):0{bits}b}" for value in row.ravel()) for row in rows)
    return b"".join(int(line.ljust(8 * length, "0"), 2).to_bytes(length) for line in lines)


def png(samples, *, bits=8, kind=0, transparent=None, palette=None, interlaced=False):
    """`samples` are (H, W) or (H, W, C); `transparent` is the body of tRNS."""
    height, width = samples.shape[:2]
    passes = [samples]
    if interlaced:
        starts = ("0088", "0488", "4084", "0244", "2042", "0122", "1021")
        passes = [samples[row::down, col::right] for row, col, down, right in (map(int, s) for s in starts)]
    body = b"".join(b"\0" + in_bits(row[None], bits) for part in passes if part.size for row in part)
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, interlaced))]
    parts += [(b"PLTE", np.asarray(palette, np.uint8).tobytes())] if palette is not None else []
    parts += [(b"tRNS", transparent)] if transparent is not None else []
    parts += [(b"IDAT", zlib.compress(body)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(chunk, *zip(*parts, strict=True)))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def tiff(samples, *, bits=None, order="<", photometric=1, extra=(), strip=None, tile=None, **more):
    """`samples` are (H, W) or (H, W, C); `strip` is the rows of one, `tile` (rows, cols)."""
    samples = samples.reshape(*samples.shape[:2], -1)
    height, width, channels = samples.shape
    bits = bits or samples.dtype.itemsize * 8
    planar, compression, predictor = (more.pop(key, 1) for key in ("planar", "compression", "predictor"))
    rows, cols = tile or (strip or height, width)
    if tile:
        samples = np.pad(samples, ((0, -height % rows), (0, -width % cols), (0, 0)))
    planes = [samples] if planar == 1 else np.split(samples, channels, axis=2)
    places = itertools.product(planes, range(0, height, rows), range(0, width, cols))
    blocks = [plane[top : top + rows, left : left + cols] for plane, top, left in places]
    blocks = [compressed(predicted(block, bits, order, predictor), compression) for block in blocks]
    kind = {"u": 1, "b": 1, "i": 2, "f": 3}[samples.dtype.kind]
    tags = {256: [width], 257: [height], 258: [bits] * channels, 259: [compression], 262: [photometric]}
    tags |= {277: [channels], 284: [planar], 317: [predictor], 338: list(extra), 339: [kind] * channels}
    tags |= {322: [cols], 323: [rows]} if tile else {278: [rows]}
    tags |= more.get("tags", {})
    return with_directory(blocks, tags, order, (324, 325) if tile else (273, 279), more.get("big", False))


def with_directory(blocks, tags, order, places, big):
    head, entry, word = (16, "HHQ8s", "Q") if big else (8, "HHL4s", "L")
    starts = list(itertools.accumulate(map(len, blocks), initial=head))
    tags = {tag: values for tag, values in tags.items() if values}
    tags |= {places[0]: starts[:-1], places[1]: [len(block) for block in blocks]}
    body, entries = b"".join(blocks), b""
    for tag, values in sorted(tags.items()):
        long = tag in (*places, 256, 257, 322, 323)
        data = struct.pack(order + ("L" if long else "H") * len(values), *values)
        room = struct.calcsize(order + word)
        if len(data) > room:
            body += data if len(body) % 2 == 0 else b"\0" + data
            data = struct.pack(order + word, head + len(body) - len(data))
        entries += struct.pack(order + entry, tag, 4 if long else 3, len(values), data.ljust(room, b"\0"))
    body += b"\0" * (len(body) % 2)
    mark = b"II" if order == "<" else b"MM"
    first = struct.pack(order + ("HHHQ" if big else "HL"), *((43, 8, 0) if big else (42,)), head + len(body))
    return mark + first + body + struct.pack(order + ("Q" if big else "H"), len(tags)) + entries + bytes(8)


def predicted(block, bits, order, predictor):
    """Predictor 2: what each sample adds to the one before; 3: floats in planes of bytes, then the same."""
    if predictor == 2:
        whole = block.view(f"u{block.dtype.itemsize}")
        block = np.diff(whole, axis=1, prepend=np.zeros_like(whole[:, :1]))
    if predictor != 3:
        return in_bits(block, bits, order)
    channels, size = block.shape[2], block.dtype.itemsize
    rows = []
    for row in block:
        numbers = np.frombuffer(row.astype(row.dtype.newbyteorder(">")).tobytes(), np.uint8)
        numbers = numbers.reshape(-1, size).T.ravel()
        rows.append(np.concatenate([numbers[:channels], numbers[channels:] - numbers[:-channels]]).tobytes())
    return b"".join(rows)


def compressed(data, compression):
    if compression in (8, 32946):
        return zlib.compress(data)
    if compression == 32773:  # PackBits, all of it as literal runs
        runs = [data[at : at + 128] for at in range(0, len(data), 128)]
        return b"".join(bytes([len(run) - 1]) + run for run in runs)
    if compression == 5:  # LZW that never looks back: the table is cleared before codes grow to 10 bits
        runs = [data[at : at + 200] for at in range(0, len(data), 200)]
        codes = [code for run in runs for code in (256, *run)] + [257]
        return in_bits(np.array([codes]), 9)
    return data
