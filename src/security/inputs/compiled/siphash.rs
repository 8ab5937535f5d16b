//! The hash by which compiled Python code names its source: SipHash of the text, with the magic number as the key.
//!
//! Python 3.7 to 3.10 use two rounds and four at the end, later versions one and three.

/// The hash of a source, as it stands in the header of what was compiled from it.
pub fn of_source(magic: [u8; 4], source: &[u8]) -> u64 {
    let version = u16::from_le_bytes([magic[0], magic[1]]);
    let (rounds, last) = if version < 3450 { (2, 4) } else { (1, 3) };
    let key = u64::from(u32::from_le_bytes(magic));
    let mut v =
        [key ^ 0x736f_6d65_7073_6575, 0x646f_7261_6e64_6f6d, key ^ 0x6c79_6765_6e65_7261, 0x7465_6462_7974_6573];
    let mut chunks = source.chunks_exact(8);
    for chunk in &mut chunks {
        mix(&mut v, word(chunk), rounds);
    }
    let length = u64::try_from(source.len() & 0xff).unwrap_or(0);
    mix(&mut v, word(chunks.remainder()) | length << 56, rounds);
    v[2] ^= 0xff;
    for _ in 0..last {
        round(&mut v);
    }
    v[0] ^ v[1] ^ v[2] ^ v[3]
}

/// Up to eight bytes, the first the lowest.
fn word(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

fn mix(v: &mut [u64; 4], word: u64, rounds: u32) {
    v[3] ^= word;
    for _ in 0..rounds {
        round(v);
    }
    v[0] ^= word;
}

fn round(v: &mut [u64; 4]) {
    v[0] = v[0].wrapping_add(v[1]);
    v[2] = v[2].wrapping_add(v[3]);
    v[1] = v[1].rotate_left(13) ^ v[0];
    v[3] = v[3].rotate_left(16) ^ v[2];
    v[0] = v[0].rotate_left(32);
    v[2] = v[2].wrapping_add(v[1]);
    v[0] = v[0].wrapping_add(v[3]);
    v[1] = v[1].rotate_left(17) ^ v[2];
    v[3] = v[3].rotate_left(21) ^ v[0];
    v[2] = v[2].rotate_left(32);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `importlib.util.source_hash(b"x=1\n")` of several versions gives.
    #[test]
    fn hashes_are_those_of_python() {
        let cases: [(u16, u64); 6] = [
            (3413, 0x4358_49b4_9c10_5023),
            (3425, 0xaebb_0098_f8ef_d1f2),
            (3439, 0xa589_5a49_575b_ecf9),
            (3495, 0xf71d_a1d5_f9e8_0d87),
            (3531, 0x2cf2_6ebe_7132_8671),
            (3571, 0x9f71_9b8a_1d6b_e2fb),
        ];
        for (version, hash) in cases {
            let [low, high] = version.to_le_bytes();
            // It stands in the file with the lowest byte first.
            assert_eq!(of_source([low, high, b'\r', b'\n'], b"x=1\n"), hash.swap_bytes(), "{version}");
        }
    }
}
