//! SHA-256 digests, shown everywhere as `sha256:<64 hex digits>`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::block_api::compress256;
use sha2::{Digest as _, Sha256};

/// What SHA-256 starts from (FIPS 180-4, 5.3.3).
const START: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// Pads what stands in a buffer from some place on, so that it is made of whole blocks (FIPS 180-4, 5.1.1).
pub fn pad(buffer: &mut Vec<u8>, from: usize) {
    let length = buffer.len() - from;
    buffer.push(0x80);
    buffer.resize(from + (length + 9).next_multiple_of(64) - 8, 0);
    buffer.extend_from_slice(&(length as u64).wrapping_mul(8).to_be_bytes());
}

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of the JSON of a value, which is never in memory as a whole.
    ///
    /// # Errors
    ///
    /// When the value cannot be written as JSON.
    pub fn of_json(value: &impl Serialize) -> serde_json::Result<Self> {
        let mut writer = std::io::BufWriter::with_capacity(64 * 1024, Hashing(Sha256::new()));
        serde_json::to_writer(&mut writer, value)?;
        let hashing = writer.into_inner().map_err(|error| serde_json::Error::io(error.into_error()))?;
        Ok(Self(hashing.0.finalize().into()))
    }

    /// The digest of blocks that hold their padding already.
    pub fn of_blocks(blocks: &[[u8; 64]]) -> Self {
        let mut state = START;
        compress256(&mut state, blocks);
        Self::of_state(state)
    }

    /// The digests of several inputs, of blocks that hold their padding already.
    ///
    /// The inputs take turns with their blocks: the rounds of one wait for one another, and the processor works on
    /// the next input meanwhile.
    pub fn of_each<const N: usize>(inputs: [&[[u8; 64]]; N]) -> [Self; N] {
        let mut states = [START; N];
        for at in 0..inputs.iter().map(|blocks| blocks.len()).max().unwrap_or(0) {
            for (state, blocks) in states.iter_mut().zip(inputs) {
                if let Some(block) = blocks.get(at) {
                    compress256(state, std::slice::from_ref(block));
                }
            }
        }
        states.map(Self::of_state)
    }

    fn of_state(state: [u32; 8]) -> Self {
        let mut digest = [0; 32];
        for (bytes, word) in digest.as_chunks_mut::<4>().0.iter_mut().zip(state) {
            *bytes = word.to_be_bytes();
        }
        Self(digest)
    }

    /// The 64 lower-case hex digits, without the prefix.
    pub fn hex(&self) -> String {
        self.after("")
    }

    /// The hex digits after something.
    fn after(&self, prefix: &str) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = String::with_capacity(prefix.len() + 64);
        text.push_str(prefix);
        for byte in self.0 {
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        text
    }

    /// The first twelve hex digits: enough for a person to tell two apart.
    pub fn short(&self) -> String {
        self.hex()[..12].to_owned()
    }
}

/// What is written to it goes into a digest.
struct Hashing(Sha256);

impl std::io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.after("sha256:"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Text that is not `sha256:` and 64 hex digits.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a digest of the form sha256:<64 hex digits>")]
pub struct ParseDigestError(String);

impl FromStr for Digest {
    type Err = ParseDigestError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParseDigestError(text.chars().take(100).collect());
        let hex = text.strip_prefix("sha256:").unwrap_or(text).as_bytes();
        if hex.len() != 64 {
            return Err(error());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(hex.chunks_exact(2)) {
            let high = char::from(pair[0]).to_digit(16).ok_or_else(error)?;
            let low = char::from(pair[1]).to_digit(16).ok_or_else(error)?;
            *byte = u8::try_from(high * 16 + low).map_err(|_| error())?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // In one piece: what is formatted is looked through for quotes once for each of its pieces.
        serializer.serialize_str(&self.after("sha256:"))
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for Digest {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Digest".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^sha256:[0-9a-f]{64}$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_nothing_is_the_published_one() {
        let expected = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Digest::of(b"").to_string(), expected);
        assert_eq!(expected.parse::<Digest>().ok(), Some(Digest::of(b"")));
    }

    #[test]
    fn the_digest_of_json_is_that_of_its_text() {
        let value = serde_json::json!({ "a": vec![Digest::of(b"x"); 3000], "b": "\"" });
        assert_eq!(Digest::of_json(&value).ok(), Some(Digest::of(value.to_string().as_bytes())));
    }

    #[test]
    fn padding_by_hand_changes_nothing() {
        let padded = |length: usize| {
            let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let mut buffer = [b"what was there".to_vec(), bytes.clone()].concat();
            pad(&mut buffer, 14);
            (buffer.split_off(14).as_chunks().0.to_vec(), Digest::of(&bytes))
        };
        for length in 0..300 {
            let ((one, expected), (other, beside)) = (padded(length), padded(300 - length));
            assert_eq!(Digest::of_blocks(&one), expected, "{length} bytes");
            assert_eq!(Digest::of_each([&one, &other, &one]), [expected, beside, expected], "{length} bytes");
        }
    }

    #[test]
    fn other_text_is_no_digest() {
        for text in ["", "sha256:", "sha256:zz", &"g".repeat(64), &"é".repeat(32)] {
            assert!(text.parse::<Digest>().is_err(), "{text}");
        }
    }
}
