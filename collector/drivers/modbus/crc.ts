/** CRC-16 of Modbus RTU: polynomial 0xA001 reflected, start 0xFFFF (Modbus over Serial Line V1.02, §6.2.2). */

const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  return crc;
});

/** Over the bytes from `start` up to `end`; sent low byte first. */
export function crc16(bytes: Buffer, start: number, end: number): number {
  let crc = 0xffff;
  for (let index = start; index < end; index += 1) {
    crc = (crc >> 8) ^ (TABLE[(crc ^ (bytes[index] ?? 0)) & 0xff] ?? 0);
  }
  return crc;
}
