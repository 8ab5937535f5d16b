//! A number with its noun, for people.

/// `1 file`, `2 files`, `1 entry`, `0 entries`. `noun` is the regular singular.
pub fn counted(count: impl TryInto<u64>, noun: &str) -> String {
    // Nothing that is counted here exceeds 64 bits.
    let count = count.try_into().unwrap_or(u64::MAX);
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{count} {stem}ies"),
        _ => format!("{count} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_singular() {
        assert_eq!(counted(1_u64, "file"), "1 file");
        assert_eq!(counted(0_usize, "file"), "0 files");
        assert_eq!(counted(1_u64, "entry"), "1 entry");
        assert_eq!(counted(2_u32, "entry"), "2 entries");
        assert_eq!(counted(2_u64, "key"), "2 keys");
    }
}
