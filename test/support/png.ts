import { crc32, deflateSync } from 'node:zlib';

const SIZE = 32;

/** A small picture: rings of a brightness that begins at `shade` (0–255). */
export function png(shade: number): Buffer {
  const rows = Array.from({ length: SIZE }, (_, y) => {
    const line = Array.from({ length: SIZE }, (_, x) => {
      const distance = Math.hypot(x - SIZE / 2, y - SIZE / 2);
      return (shade + Math.round(distance * 8)) % 256;
    });
    return [0, ...line]; // no filter
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  header[8] = 8; // bits of a shade of grey
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.from(rows.flat()));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
