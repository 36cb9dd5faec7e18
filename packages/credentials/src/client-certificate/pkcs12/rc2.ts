/** The permutation of RFC 2268 section 2. */
const PI_TABLE = Buffer.from(
  [
    'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32',
    'bd8f40eb86b77b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626',
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a',
    '961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731',
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2e',
    'c5f3db47e5a59c770aa62068fe7fc1ad',
  ].join(''),
  'hex',
);

const ROTATIONS = [1, 2, 3, 5];
const WORDS = 4;
const BLOCK = 8;

/**
 * Decrypts RC2 in CBC mode ([RFC 2268](https://www.rfc-editor.org/rfc/rfc2268)), all bits of the key effective.
 * Old Windows and OpenSSL 1 write PFX files so, and the OpenSSL in Node.js no longer has it. For reading such
 * files only: the cipher protects nothing today.
 *
 * @throws {Error} where the bytes are no whole blocks, or the padding is not one
 */
export function rc2Decrypt(key: Buffer, iv: Buffer, data: Buffer): Buffer {
  if (data.length === 0 || data.length % BLOCK !== 0) throw new Error('no whole blocks');
  const words = expand(key);
  const plain = Buffer.alloc(data.length);
  let before = iv;
  for (let at = 0; at < data.length; at += BLOCK) {
    const block = data.subarray(at, at + BLOCK);
    decryptBlock(words, block).forEach((word, index) => plain.writeUInt16LE(word, at + index * 2));
    for (let index = 0; index < BLOCK; index += 1)
      plain[at + index] = (plain[at + index] ?? 0) ^ (before[index] ?? 0);
    before = block;
  }
  return unpadded(plain);
}

/** The 64 words of the key (RFC 2268 section 2). */
function expand(key: Buffer): Uint16Array {
  const bytes = Buffer.alloc(128);
  key.copy(bytes);
  const at = (index: number): number => bytes[index] ?? 0;
  for (let index = key.length; index < 128; index += 1) {
    bytes[index] = PI_TABLE[(at(index - 1) + at(index - key.length)) & 0xff] ?? 0;
  }
  const { length } = key;
  bytes[128 - length] = PI_TABLE[at(128 - length)] ?? 0;
  for (let index = 127 - length; index >= 0; index -= 1) {
    bytes[index] = PI_TABLE[at(index + 1) ^ at(index + length)] ?? 0;
  }
  return Uint16Array.from({ length: 64 }, (_, index) => bytes.readUInt16LE(index * 2));
}

/** RFC 2268 section 4. */
function decryptBlock(key: Uint16Array, block: Buffer): number[] {
  const words = Array.from({ length: WORDS }, (_, index) => block.readUInt16LE(index * 2));
  const word = (index: number): number => words[(index + WORDS) % WORDS] ?? 0;
  let at = 63;
  const mix = (): void => {
    for (let index = WORDS - 1; index >= 0; index -= 1) {
      const rotation = ROTATIONS[index] ?? 0;
      const turned = ((word(index) >> rotation) | (word(index) << (16 - rotation))) & 0xffff;
      const taken =
        (key[at] ?? 0) + (word(index - 1) & word(index - 2)) + (~word(index - 1) & word(index - 3));
      words[index] = (turned - taken) & 0xffff;
      at -= 1;
    }
  };
  const mash = (): void => {
    for (let index = WORDS - 1; index >= 0; index -= 1) {
      words[index] = (word(index) - (key[word(index - 1) & 63] ?? 0)) & 0xffff;
    }
  };
  for (const rounds of [5, 6, 5]) {
    if (rounds !== 5 || at !== 63) mash();
    for (let round = 0; round < rounds; round += 1) mix();
  }
  return words;
}

function unpadded(plain: Buffer): Buffer {
  const size = plain.at(-1) ?? 0;
  const padding = plain.subarray(-size);
  if (size < 1 || size > BLOCK || !padding.every((byte) => byte === size)) throw new Error('no padding');
  return plain.subarray(0, -size);
}
