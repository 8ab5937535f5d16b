//! Why the gate says what it says, and what another policy would say.

use serde_json::Value;

use crate::room::Room;

const FETCH: &str = "import subprocess\nimport urllib.request\n\n\nclass Fetch:\n    name = \"fetch\"\n\n    def execute(self, city):\n        subprocess.run(\"ping \" + city, shell=True)\n        return urllib.request.urlopen(\"https://api.example.org/\" + city, timeout=3).read()\n\n\nPLUGIN_CLASS = Fetch\n";
const CLOCK: &str =
    "class Clock:\n    name = \"clock\"\n\n    def execute(self):\n        return 12\n\n\nPLUGIN_CLASS = Clock\n";

fn room() -> Room {
    Room::with(&[("plugins/fetch.py", FETCH), ("plugins/clock.py", CLOCK)])
}

fn judged(room: &Room) {
    assert_eq!(room.run(&["scan", "-q"]).code, 0);
    room.run(&["security-eval", "-q", "--exit-zero"]);
}

fn explained(room: &Room, path: &str, more: &[&str]) -> Value {
    let answer = room.json(&[&["explain", path], more].concat());
    assert_eq!(answer["exit_code"], 0, "{answer:#}");
    answer["data"]["files"][0].clone()
}

#[test]
fn the_parts_of_every_number_add_up_to_it() {
    let room = room();
    let told = explained(&room, "plugins/fetch.py", &[]);
    assert_eq!(told["origin"], "judged-now");
    assert!(!room.path(".aetherra").exists(), "explaining leaves no state behind");
    let mut hazards = 0.0;
    for category in told["categories"].as_array().expect("categories") {
        let moved = category["moved_by"].as_array().expect("what moved it");
        let hazard: f64 = moved.iter().map(|one| one["hazard"].as_f64().expect("a number")).sum();
        hazards += hazard;
        assert!((1.0 - (-hazard).exp() - category["risk"].as_f64().expect("a risk")).abs() < 1e-9, "{category:#}");
    }
    assert!((1.0 - (-hazards).exp() - told["overall"].as_f64().expect("a risk")).abs() < 1e-9);
    for opinion in told["ethics"]["opinions"].as_array().expect("opinions") {
        let moved = opinion["moved"].as_array().expect("parts").iter().filter_map(Value::as_f64).sum::<f64>();
        let score = (opinion["start"].as_f64().expect("a start") + moved).clamp(0.0, 1.0);
        assert!((score - opinion["score"].as_f64().expect("a score")).abs() < 1e-9, "{opinion:#}");
    }
}

#[test]
fn what_is_said_to_change_a_decision_changes_it() {
    let room = room();
    judged(&room);
    let told = explained(&room, "plugins/fetch.py", &[]);
    assert_eq!((&told["origin"], &told["decision"]), (&"recorded".into(), &"review".into()));
    let changes = told["would_change"].as_array().expect("changes");
    let with = |condition: &str| {
        let is =
            |one: &&Value| one["needed"].as_array().is_some_and(|all| all.iter().any(|n| n["condition"] == condition));
        changes.iter().find(is).unwrap_or_else(|| panic!("nothing with {condition}: {told:#}"))
    };
    with("approved");
    let granted = with("granted");
    let needed = granted["needed"].as_array().expect("conditions");
    let of = |condition: &str| {
        needed.iter().find(|one| one["condition"] == condition).map(|one| one["what"].clone()).expect("a condition")
    };
    let rules = of("without-findings");
    assert_eq!(rules, serde_json::json!(["subprocess-shell"]));
    // Made true: the grant is in the policy, and the finding is gone.
    let mut policy: Value = serde_json::from_str(aetherra_maint::gate::policy::SHIPPED).expect("the shipped policy");
    policy["grants"] =
        serde_json::json!([{ "paths": ["plugins/*"], "capabilities": of("granted"), "reason": "it may" }]);
    room.write("policy.json", policy.to_string());
    let set = format!("trust.policy={}", room.path("policy.json").display());
    assert_eq!(explained(&room, "plugins/fetch.py", &["--set", &set])["decision"], "review", "the grant alone");
    room.write("plugins/fetch.py", FETCH.replace("\"ping \" + city, shell=True", "[\"ping\", city]"));
    let after = explained(&room, "plugins/fetch.py", &["--set", &set]);
    assert_eq!((&after["decision"], &after["origin"]), (&"approve".into(), &"judged-now".into()), "{after:#}");
    let before = explained(&room, "plugins/fetch.py", &["--recorded", "--set", &set]);
    assert_eq!((&before["decision"], &before["origin"]), (&"review".into(), &"recorded-before".into()));
}

#[test]
fn every_decision_of_a_run_is_explained_without_its_files() {
    let room = room();
    judged(&room);
    let run = room.json(&["security-eval", "--exit-zero"]);
    std::fs::remove_dir_all(room.path("plugins")).expect("the files go");
    for verdict in run["data"]["verdicts"].as_array().expect("verdicts") {
        let told = explained(&room, verdict["subject"].as_str().expect("a path"), &[]);
        assert_eq!(told["decision"], verdict["decision"]);
        assert_eq!(told["tier"], verdict["tier"]);
        assert_eq!(told["overall"], verdict["risk"]["overall"]);
        assert_eq!(told["rationale"], verdict["rationale"]);
        let decides = told["votes"].as_array().expect("votes").iter().filter(|vote| vote["weight"] == "decides");
        assert!(decides.count() > 0, "{told:#}");
    }
    let folder = room.json(&["explain", "plugins"]);
    assert_eq!(folder["data"]["files"].as_array().map(Vec::len), Some(2));
    assert_eq!(folder["data"]["decision"], "review");
}

#[test]
fn words_go_before_paths() {
    let room = room();
    room.write("assert-used", "import os\nos.system(input())\n");
    let word = room.json(&["explain", "assert-used"]);
    assert_eq!(word["data"]["topic"]["kind"], "rule");
    let path = room.json(&["explain", "./assert-used"]);
    assert_eq!(path["data"]["files"][0]["path"], "assert-used");
    assert_eq!(room.run(&["explain", "assert-ussed"]).code, 2);
    room.write("aetherra-maint.yaml", "nonsense: 1\n");
    assert_eq!(room.run(&["explain", "config-unknown-key"]).code, 0, "what is wrong can be explained");
    assert_eq!(room.run(&["explain", "plugins/clock.py"]).code, 2, "no decision without the whole configuration");
    std::fs::remove_file(room.path("aetherra-maint.yaml")).expect("it goes");
    assert_eq!(room.run(&["explain", "plugins/nothing.py"]).code, 2);
}

#[test]
fn another_policy_is_tried_on_what_was_judged_and_changes_nothing() {
    let room = room();
    let rule = r#"{"rules": [{"id": "no", "effect": "forbid", "when": {"paths": ["**/clock.py"]}, "reason": "no"}]}"#;
    room.write("policy.json", rule);
    assert_eq!(room.run(&["policy", "test", "policy.json"]).code, 0, "nothing was judged yet");
    assert!(!room.path(".aetherra").exists());
    judged(&room);
    room.write("same.json", aetherra_maint::gate::policy::SHIPPED);
    let same = room.json(&["policy", "test", "same.json"]);
    assert_eq!((&same["exit_code"], &same["data"]["changes"]), (&0.into(), &serde_json::json!([])));
    let other = room.json(&["policy", "test", "policy.json"]);
    assert_eq!(other["exit_code"], 1);
    let changes = other["data"]["changes"].as_array().expect("changes");
    let clock = changes.iter().find(|one| one["path"] == "plugins/clock.py").expect("the clock");
    assert_eq!((&clock["before"], &clock["after"]), (&"approve".into(), &"reject".into()));
    assert!(changes.iter().all(|one| one["path"] != "plugins/fetch.py"), "its decision stays: {other:#}");
    assert_eq!(explained(&room, "plugins/clock.py", &[])["decision"], "approve", "it is not in force");
}

#[test]
fn policies_that_would_take_long_are_refused_before_they_are_asked() {
    let room = room();
    let rule = |id: usize, condition: &str| serde_json::json!({"id": format!("r{id}"), "effect": "permit", "condition": condition, "reason": ""});
    let walk = "hosts.all(h, h != 'x')";
    let within = "hosts.all(a, hosts.all(b, hosts.all(c, a + b != c)))";
    let doubling = "hosts.map(h, h + h).map(h, h + h).map(h, h + h).map(h, h + h).size() > 0";
    let deep = format!("{}true{}", "(".repeat(500), ")".repeat(500));
    let negated = format!("{}true", "!".repeat(400));
    let long = format!("subject != '{}'", "x".repeat(3_000));
    let pattern = "subject.matches(subject + '(a*)*b')";
    let many: Vec<Value> = (0..60).map(|id| rule(id, walk)).collect();
    let too_many: Vec<Value> = (0..1_100).map(|id| rule(id, "true")).collect();
    let mut refused: Vec<Value> = [within, doubling, &deep, &negated, &long, pattern]
        .iter()
        .map(|one| serde_json::json!([rule(0, one)]))
        .collect();
    refused.extend([Value::from(many), Value::from(too_many)]);
    for rules in refused {
        let text = serde_json::json!({ "rules": rules }).to_string();
        room.write("policy.json", &text);
        for arguments in [["policy", "check", "policy.json"], ["policy", "test", "policy.json"]] {
            let ran = room.run(&arguments);
            assert_eq!(ran.code, 2, "{arguments:?} {:.200}: {}", text, ran.stderr);
            assert!(ran.stderr.contains("error[policy-invalid]") && ran.stderr.contains("help: "), "{}", ran.stderr);
        }
        let set = format!("trust.policy={}", room.path("policy.json").display());
        assert_eq!(room.run(&["security-eval", "--set", &set]).code, 2, "what cannot be read lets nothing in");
    }
    room.write("policy.json", serde_json::json!({ "rules": [rule(0, walk)] }).to_string());
    assert_eq!(room.run(&["policy", "check", "policy.json"]).code, 0);
}
