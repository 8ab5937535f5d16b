//! Lists of allowed signers, after `ssh-keygen(1)`.
//!
//! A line names principals (patterns, separated by commas), then options, then a key. The options are
//! `cert-authority`, `namespaces="…"`, `valid-after="…"` and `valid-before="…"`. A line that cannot be
//! read allows nobody; it is reported, and the others still count, as with OpenSSH.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use ssh_key::PublicKey;
use ssh_key::public::KeyData;

use super::SignatureError;
use super::certificate::{Certificate, Holder};
use super::sshsig::SigningKey;

/// Lists larger than this many bytes are refused.
const MAX_LIST_BYTES: usize = 4 << 20;

/// A list of allowed signers and of revoked keys.
#[derive(Debug, Clone, Default)]
pub struct AllowedSigners {
    lines: Vec<Line>,
    revoked: Vec<KeyData>,
    /// Lines that could not be read: their number, from one, and why.
    pub problems: Vec<(usize, String)>,
}

#[derive(Debug, Clone)]
struct Line {
    number: usize,
    principals: String,
    options: Options,
    key: KeyData,
}

#[derive(Debug, Clone, Default)]
struct Options {
    certificate_authority: bool,
    namespaces: Option<String>,
    valid_after: Option<u64>,
    valid_before: Option<u64>,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Signer {
    /// The principal that was asked for.
    pub principal: String,
    /// The fingerprint of the key.
    pub fingerprint: String,
    /// The line of the list that allowed it, from one.
    pub line: usize,
}

impl AllowedSigners {
    /// Reads a list. `local` is the time zone of times without a `Z`.
    pub fn parse(text: &str, local: &TimeZone) -> Self {
        let mut list = Self::default();
        if text.len() > MAX_LIST_BYTES {
            list.problems.push((0, format!("the list is larger than {MAX_LIST_BYTES} bytes; nobody is allowed")));
            return list;
        }
        for (index, line) in text.lines().enumerate() {
            let line = line.trim_start_matches([' ', '\t']);
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match read_line(index + 1, line, local) {
                Ok(line) => list.lines.push(line),
                Err(why) => list.problems.push((index + 1, why)),
            }
        }
        list
    }

    /// Adds revoked keys: one public key a line, as `ssh-keygen -Y verify -r` takes them.
    ///
    /// A line that cannot be read revokes everything: a list of revocations must not fail open.
    #[must_use]
    pub fn revoking(mut self, text: &str) -> Self {
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match PublicKey::from_openssh(line) {
                Ok(key) => self.revoked.push(key.key_data().clone()),
                Err(error) => {
                    self.problems
                        .push((index + 1, format!("a revocation cannot be read, so nobody is allowed: {error}")));
                    self.lines.clear();
                }
            }
        }
        self
    }

    /// Whether nobody is on it.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The names under which a key stands on the list, whether or not it may sign now. Patterns are no names.
    pub fn principals_of(&self, key: &SigningKey) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for line in &self.lines {
            match key {
                SigningKey::Plain(plain) if !line.options.certificate_authority && *plain == line.key => {
                    let plain = line.principals.split(',').filter(|name| !name.contains(['*', '?', '!']));
                    names.extend(plain.map(str::to_owned));
                }
                SigningKey::Certified(certificate)
                    if line.options.certificate_authority && certificate.authority == line.key =>
                {
                    names.extend(certificate.principals.iter().cloned());
                }
                _ => {}
            }
        }
        names.dedup();
        names
    }

    /// The principals of each line with the fingerprint of its key.
    pub fn listed(&self) -> impl Iterator<Item = (String, String)> {
        self.lines.iter().map(|line| {
            let fingerprint = line.key.fingerprint(ssh_key::HashAlg::Sha256).to_string();
            (line.principals.clone(), fingerprint)
        })
    }

    /// Whether a key may sign for a principal in a namespace at a time (seconds since 1970).
    ///
    /// # Errors
    /// [`SignatureError::Revoked`], or [`SignatureError::NotAllowed`] with the reasons of the lines
    /// that came closest.
    pub fn allow(&self, key: &SigningKey, principal: &str, namespace: &str, at: u64) -> Result<Signer, SignatureError> {
        if self.is_revoked(key) {
            return Err(SignatureError::Revoked(key.fingerprint()));
        }
        let mut reasons = Vec::new();
        for line in &self.lines {
            match line.allows(key, principal, namespace, at) {
                Ok(true) => {
                    let principal = principal.to_owned();
                    return Ok(Signer { principal, fingerprint: key.fingerprint(), line: line.number });
                }
                Ok(false) => {}
                Err(why) => reasons.push(format!("line {}: {why}", line.number)),
            }
        }
        if reasons.is_empty() {
            reasons.push(format!("no line has {principal} with the key {}", key.fingerprint()));
        }
        Err(SignatureError::NotAllowed(reasons.join("; ")))
    }

    fn is_revoked(&self, key: &SigningKey) -> bool {
        let authority = match key {
            SigningKey::Certified(certificate) => Some(&certificate.authority),
            SigningKey::Plain(_) => None,
        };
        self.revoked.iter().any(|revoked| revoked == key.key() || Some(revoked) == authority)
    }
}

impl Line {
    /// False when the line is about somebody else; an error when it is about this key but does not allow it.
    fn allows(&self, key: &SigningKey, principal: &str, namespace: &str, at: u64) -> Result<bool, String> {
        if !matches_list(principal, &self.principals) {
            return Ok(false);
        }
        match key {
            SigningKey::Plain(plain) if !self.options.certificate_authority && *plain == self.key => {}
            SigningKey::Certified(certificate)
                if self.options.certificate_authority && certificate.authority == self.key =>
            {
                check_certificate(certificate, principal, at)?;
            }
            _ => return Ok(false),
        }
        let options = &self.options;
        if let Some(namespaces) = &options.namespaces
            && !matches_list(namespace, namespaces)
        {
            return Err(format!("the key may not sign in the namespace {namespace}"));
        }
        if options.valid_after.is_some_and(|after| at < after) {
            return Err("the key is not valid yet".to_owned());
        }
        if options.valid_before.is_some_and(|before| at > before) {
            return Err("the key is no longer valid".to_owned());
        }
        Ok(true)
    }
}

fn check_certificate(certificate: &Certificate, principal: &str, at: u64) -> Result<(), String> {
    if certificate.holder != Holder::User {
        return Err("the certificate is not for a user".to_owned());
    }
    if at < certificate.valid_after {
        return Err("the certificate is not valid yet".to_owned());
    }
    if at >= certificate.valid_before {
        return Err("the certificate has expired".to_owned());
    }
    if !certificate.principals.iter().any(|name| name == principal) {
        return Err(format!("the certificate does not name {principal}"));
    }
    Ok(())
}

fn read_line(number: usize, line: &str, local: &TimeZone) -> Result<Line, String> {
    let (principals, rest) = read_principals(line)?;
    let (options, key) = match read_key(rest) {
        Ok(key) => (Options::default(), key),
        Err(_) => {
            let end = end_of_options(rest)?;
            let (options, key) = rest.split_at(end);
            (read_options(options, local)?, read_key(key.trim_start_matches([' ', '\t']))?)
        }
    };
    Ok(Line { number, principals: principals.to_owned(), options, key })
}

fn read_principals(line: &str) -> Result<(&str, &str), String> {
    let (principals, rest) = match line.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').ok_or("the quotation of the principals does not end")?,
        None => line.split_once([' ', '\t']).ok_or("there is no key")?,
    };
    if principals.is_empty() {
        return Err("there is no principal".to_owned());
    }
    Ok((principals, rest.trim_start_matches([' ', '\t'])))
}

/// A key: its kind, its base64, and perhaps a comment.
fn read_key(text: &str) -> Result<KeyData, String> {
    let mut words = text.split([' ', '\t']).filter(|word| !word.is_empty());
    let (Some(kind), Some(body)) = (words.next(), words.next()) else { return Err("there is no key".to_owned()) };
    let key = PublicKey::from_openssh(&format!("{kind} {body}"))
        .map_err(|error| format!("the key cannot be read: {error}"))?;
    Ok(key.key_data().clone())
}

/// Options end at the first white space outside quotation marks.
fn end_of_options(text: &str) -> Result<usize, String> {
    let mut quoted = false;
    let mut escaped = false;
    for (position, c) in text.char_indices() {
        match c {
            '\\' if quoted && !escaped => {
                escaped = true;
                continue;
            }
            '"' if !escaped => quoted = !quoted,
            ' ' | '\t' if !quoted => return Ok(position),
            _ => {}
        }
        escaped = false;
    }
    Err("there is no key".to_owned())
}

fn read_options(text: &str, local: &TimeZone) -> Result<Options, String> {
    let mut options = Options::default();
    let mut rest = text;
    while !rest.is_empty() {
        rest = if let Some(after) = strip_word(rest, "cert-authority") {
            options.certificate_authority = true;
            after
        } else if let Some(after) = strip_word(rest, "namespaces=") {
            once(options.namespaces.is_none(), "namespaces")?;
            let (value, after) = read_quoted(after)?;
            options.namespaces = Some(value);
            after
        } else if let Some(after) = strip_word(rest, "valid-after=") {
            once(options.valid_after.is_none(), "valid-after")?;
            let (value, after) = read_quoted(after)?;
            options.valid_after = Some(read_time(&value, local)?);
            after
        } else if let Some(after) = strip_word(rest, "valid-before=") {
            once(options.valid_before.is_none(), "valid-before")?;
            let (value, after) = read_quoted(after)?;
            options.valid_before = Some(read_time(&value, local)?);
            after
        } else {
            return Err("there is an unknown option".to_owned());
        };
        if !rest.is_empty() {
            rest = rest.strip_prefix(',').ok_or("options must be separated by commas")?;
            if rest.is_empty() {
                return Err("the options end in a comma".to_owned());
            }
        }
    }
    match (options.valid_after, options.valid_before) {
        (Some(after), Some(before)) if before <= after => Err("valid-before is not after valid-after".to_owned()),
        _ => Ok(options),
    }
}

fn once(first: bool, name: &str) -> Result<(), String> {
    if first { Ok(()) } else { Err(format!("{name} is given twice")) }
}

/// Option names are matched without regard to case, as OpenSSH does.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}

fn read_quoted(text: &str) -> Result<(String, &str), String> {
    let body = text.strip_prefix('"').ok_or("a value must be quoted")?;
    let mut value = String::new();
    let mut characters = body.char_indices().peekable();
    while let Some((position, c)) = characters.next() {
        match c {
            '"' => return Ok((value, &body[position + 1..])),
            '\\' if characters.peek().is_some_and(|&(_, next)| next == '"') => {
                value.push('"');
                characters.next();
            }
            _ => value.push(c),
        }
    }
    Err("a quoted value does not end".to_owned())
}

/// `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`, local unless a `Z` follows.
fn read_time(text: &str, local: &TimeZone) -> Result<u64, String> {
    let malformed = || format!("`{text}` is no time of the form YYYYMMDD[HHMM[SS]][Z]");
    let (digits, zone) = match text.strip_suffix(['Z', 'z']) {
        Some(digits) => (digits, TimeZone::UTC),
        None => (text, local.clone()),
    };
    if !matches!(digits.len(), 8 | 12 | 14) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(malformed());
    }
    let part = |from: usize, to: usize| digits.get(from..to).map_or(Ok(0), str::parse::<i16>).map_err(|_| malformed());
    let small = |from: usize, to: usize| part(from, to).and_then(|value| i8::try_from(value).map_err(|_| malformed()));
    let time = DateTime::new(part(0, 4)?, small(4, 6)?, small(6, 8)?, small(8, 10)?, small(10, 12)?, small(12, 14)?, 0)
        .map_err(|_| malformed())?;
    let seconds = time.to_zoned_datetime(zone).map_err(|_| malformed())?.timestamp().as_second();
    u64::try_from(seconds).map_err(|_| malformed())
}

/// OpenSSH's pattern lists: commas, `*`, `?`, and `!` for "not"; a negated match decides at once.
fn matches_list(text: &str, list: &str) -> bool {
    let mut found = false;
    for pattern in list.split(',') {
        let (negated, pattern) = match pattern.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, pattern),
        };
        if matches_pattern(text.as_bytes(), pattern.as_bytes()) {
            if negated {
                return false;
            }
            found = true;
        }
    }
    found
}

/// `*` for any run, `?` for any one byte. Linear in practice: only the last star is ever retried.
fn matches_pattern(text: &[u8], pattern: &[u8]) -> bool {
    let (mut t, mut p) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(&c) if c == b'?' || c == text[t] => {
                t += 1;
                p += 1;
            }
            _ => match star {
                Some((star_p, star_t)) => {
                    p = star_p + 1;
                    t = star_t + 1;
                    star = Some((star_p, star_t + 1));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&c| c == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_openssh() {
        for (text, list, expected) in [
            ("a@b", "a@b", true),
            ("a@b", "c,a@b", true),
            ("a@b", "*@b", true),
            ("a@b", "?@b", true),
            ("a@b", "*@b,!a@b", false),
            ("a@b", "!c@b", false),
            ("a@b", "*,!c", true),
            ("aaab", "a*a*b", true),
            ("", "*", true),
            ("x", "", false),
        ] {
            assert_eq!(matches_list(text, list), expected, "{text} in {list}");
        }
    }

    #[test]
    fn times_are_read_in_their_zone() {
        assert_eq!(read_time("19700102Z", &TimeZone::UTC), Ok(86_400));
        assert_eq!(read_time("197001020001", &TimeZone::UTC), Ok(86_460));
        assert_eq!(read_time("19700102000101Z", &TimeZone::UTC), Ok(86_461));
        for bad in ["", "1970", "19701302Z", "1970010Z", "19700102T00", "19690101Z"] {
            assert!(read_time(bad, &TimeZone::UTC).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_line_that_cannot_be_read_is_reported_and_the_others_count() {
        let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFq1GuFwfdAFC2w3I4DUpPT1FXcYHfULYcBsMvbGBMQm";
        let list =
            AllowedSigners::parse(&format!("a@b wat=1 {key}\nnonsense\n# comment\n\na@b {key}\n"), &TimeZone::UTC);
        assert_eq!(list.lines.len(), 1);
        assert_eq!(list.problems.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2]);
    }
}
