//! The format in which Python writes compiled code, read and never loaded.
//!
//! What is kept of it is what can be held against a source: the names that the code uses, the functions and classes
//! that it makes, the texts that it holds, and the files that it says it came from. The layouts are those of CPython
//! 3.7 to 3.14: version 3 to 5 of `marshal`, and the three shapes that code objects had since.

use std::collections::BTreeSet;
use std::rc::Rc;

/// Values within values. CPython itself stops at 2,000; what it writes for real code stays below fifty.
const MAX_DEPTH: u32 = 200;

/// What compiled code says of itself.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Contents {
    /// Names of variables, attributes, functions, classes and modules.
    pub names: BTreeSet<Rc<str>>,
    /// The names of the functions and classes that have code of their own.
    pub blocks: BTreeSet<Rc<str>>,
    /// Texts and bytes, as text.
    pub texts: BTreeSet<Rc<str>>,
    /// The files that the code says it was compiled from.
    pub files: BTreeSet<Rc<str>>,
}

/// Why compiled code could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// It ends in the middle of a value.
    Truncated,
    /// A type of value that the format does not have, and the byte where it stands.
    Unknown(usize),
    /// More values, or more deeply nested ones, than the limit.
    Limit,
}

/// The shapes of code objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// 3.7: no count of parameters by position alone.
    Seven,
    /// 3.8 to 3.10.
    Eight,
    /// 3.11 and later: all locals in one list, a qualified name, a table of exceptions.
    Eleven,
}

/// The shape that goes with a magic number; none when no such version is known.
fn shape(magic: u16) -> Option<Shape> {
    match magic {
        3390..3400 => Some(Shape::Seven),
        3400..3450 => Some(Shape::Eight),
        3450..3700 => Some(Shape::Eleven),
        _ => None,
    }
}

/// Whether the layout that a magic number stands for is known.
pub fn is_known(magic: u16) -> bool {
    shape(magic).is_some()
}

/// Reads the code after the header.
pub fn read(magic: u16, bytes: &[u8], steps: usize) -> Result<Contents, Stop> {
    let shape = shape(magic).ok_or(Stop::Unknown(0))?;
    let mut reader = Reader { bytes, at: 0, steps, shape, known: Vec::new(), contents: Contents::default() };
    reader.value(0)?;
    Ok(reader.contents)
}

/// A value, as far as it matters here.
#[derive(Debug, Clone)]
enum Value {
    Text(Rc<str>),
    /// The texts directly in a tuple.
    Texts(Rc<[Rc<str>]>),
    Other,
    /// The end of a dictionary.
    Null,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    steps: usize,
    shape: Shape,
    /// What later values may refer to.
    known: Vec<Value>,
    contents: Contents,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Stop> {
        let end = self.at.checked_add(count).ok_or(Stop::Truncated)?;
        let taken = self.bytes.get(self.at..end).ok_or(Stop::Truncated)?;
        self.at = end;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Stop> {
        self.take(1)?.first().copied().ok_or(Stop::Truncated)
    }

    fn number(&mut self) -> Result<usize, Stop> {
        let field: [u8; 4] = self.take(4)?.try_into().map_err(|_| Stop::Truncated)?;
        usize::try_from(i32::from_le_bytes(field)).map_err(|_| Stop::Truncated)
    }

    fn value(&mut self, depth: u32) -> Result<Value, Stop> {
        self.pay(1)?;
        if depth > MAX_DEPTH {
            return Err(Stop::Limit);
        }
        let start = self.at;
        let code = self.byte()?;
        // Later values refer to this one by its number, which it has from where it begins.
        let place = (code & 0x80 != 0).then(|| {
            self.known.push(Value::Other);
            self.known.len() - 1
        });
        let value = match code & 0x7f {
            b'0' => Value::Null,
            b'N' | b'F' | b'T' | b'S' | b'.' => Value::Other,
            b'i' => self.skip(4)?,
            b'I' | b'g' => self.skip(8)?,
            b'y' => self.skip(16)?,
            b'l' => {
                let field: [u8; 4] = self.take(4)?.try_into().map_err(|_| Stop::Truncated)?;
                let digits = i32::from_le_bytes(field).unsigned_abs() as usize;
                self.skip(digits.saturating_mul(2))?
            }
            b'f' => {
                let length = usize::from(self.byte()?);
                self.skip(length)?
            }
            b'x' => {
                for _ in 0..2 {
                    let length = usize::from(self.byte()?);
                    self.skip(length)?;
                }
                Value::Other
            }
            b's' | b't' | b'u' | b'a' | b'A' => {
                let length = self.number()?;
                self.text(length)?
            }
            b'z' | b'Z' => {
                let length = usize::from(self.byte()?);
                self.text(length)?
            }
            b')' => {
                let count = usize::from(self.byte()?);
                self.row(count, depth)?
            }
            b'(' | b'[' | b'<' | b'>' => {
                let count = self.number()?;
                self.row(count, depth)?
            }
            b'{' => {
                while !matches!(self.value(depth + 1)?, Value::Null) {
                    self.value(depth + 1)?;
                }
                Value::Other
            }
            b':' => {
                self.row(3, depth)?;
                Value::Other
            }
            b'r' => {
                let number = self.number()?;
                self.known.get(number).cloned().ok_or(Stop::Unknown(start))?
            }
            b'c' => {
                self.code(depth)?;
                Value::Other
            }
            _ => return Err(Stop::Unknown(start)),
        };
        if let Some(slot) = place.and_then(|place| self.known.get_mut(place)) {
            *slot = value.clone();
        }
        Ok(value)
    }

    fn skip(&mut self, count: usize) -> Result<Value, Stop> {
        self.take(count).map(|_| Value::Other)
    }

    fn text(&mut self, length: usize) -> Result<Value, Stop> {
        Ok(Value::Text(String::from_utf8_lossy(self.take(length)?).into()))
    }

    fn row(&mut self, count: usize, depth: u32) -> Result<Value, Stop> {
        let mut texts = Vec::new();
        for _ in 0..count {
            match self.value(depth + 1)? {
                Value::Text(text) => texts.push(text),
                // Rows that refer to rows over and over grow with each reference.
                Value::Texts(inner) => {
                    self.pay(inner.len())?;
                    texts.extend(inner.iter().cloned());
                }
                Value::Other | Value::Null => {}
            }
        }
        Ok(Value::Texts(texts.into()))
    }

    /// A code object: its fields in their order, by the shape of the version.
    fn code(&mut self, depth: u32) -> Result<(), Stop> {
        let counts = if self.shape == Shape::Eight { 6 } else { 5 };
        self.take(counts * 4)?;
        // The instructions are no text.
        self.value(depth + 1)?;
        let constants = self.value(depth + 1)?;
        self.keep(&constants, |contents| &mut contents.texts)?;
        let names = self.value(depth + 1)?;
        self.keep(&names, |contents| &mut contents.names)?;
        if self.shape == Shape::Eleven {
            let locals = self.value(depth + 1)?;
            self.keep(&locals, |contents| &mut contents.names)?;
            self.value(depth + 1)?;
        } else {
            for _ in 0..3 {
                let locals = self.value(depth + 1)?;
                self.keep(&locals, |contents| &mut contents.names)?;
            }
        }
        if let Value::Text(file) = self.value(depth + 1)? {
            self.contents.files.insert(file);
        }
        if let Value::Text(name) = self.value(depth + 1)? {
            self.contents.blocks.insert(name);
        }
        if self.shape == Shape::Eleven {
            self.value(depth + 1)?;
        }
        self.take(4)?;
        self.value(depth + 1)?;
        if self.shape == Shape::Eleven {
            self.value(depth + 1)?;
        }
        Ok(())
    }

    fn keep(&mut self, value: &Value, part: fn(&mut Contents) -> &mut BTreeSet<Rc<str>>) -> Result<(), Stop> {
        let Value::Texts(texts) = value else { return Ok(()) };
        // Putting a text into its place takes as long as it is long.
        self.pay(texts.iter().map(|text| 1 + text.len() / 64).sum())?;
        part(&mut self.contents).extend(texts.iter().cloned());
        Ok(())
    }

    fn pay(&mut self, steps: usize) -> Result<(), Stop> {
        self.steps = self.steps.checked_sub(steps).ok_or(Stop::Limit)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_bytes_end_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), magic in 3380_u16..3720) {
            let _ = read(magic, &bytes, 10_000);
        }
    }

    #[test]
    fn what_is_nested_or_refers_to_itself_ends() {
        let deep = [&[b')', 1].repeat(1_000)[..], b"N"].concat();
        assert_eq!(read(3495, &deep, 10_000), Err(Stop::Limit));
        // Each row holds the one before it twice.
        let mut bytes = b")\x3d\xa9\x02Z\x01aZ\x01b".to_vec();
        for number in 0_u32..60 {
            bytes.extend([&[0xa9, 2][..], b"r", &number.to_le_bytes(), b"r", &number.to_le_bytes()].concat());
        }
        assert_eq!(read(3495, &bytes, 100_000), Err(Stop::Limit));
        assert_eq!(read(3495, b"(\xff\xff\xff\x7f", 1_000), Err(Stop::Truncated));
        assert_eq!(read(3495, b"s\xff\xff\xff\xff", 1_000), Err(Stop::Truncated));
    }
}
