//! What the name, the folders and the kind of a file say. Weak evidence: a folder named `agents` mostly
//! holds things that are none.

use super::{Features, parts, speaks_of};
use crate::incorporation::classify::surroundings::{folder_of, name_of};
use crate::incorporation::classify::{Sighting, Surroundings};
use crate::model::{FileKind, Language};

/// Words in a file name or a folder, with the features that tell of them.
const WORDS: &[(&[&str], &str, &str)] = &[
    (&["plugin", "extension", "addon", "ext", "contrib", "xontrib"], "name-says-plugin", "folder-says-plugin"),
    (
        &["skill", "tool", "toolkit", "integration", "operator", "hook", "sensor", "provider"],
        "name-says-tool",
        "folder-says-tool",
    ),
    (&["agent", "assistant", "bot"], "name-says-agent", "folder-says-agent"),
    (
        &["workflow", "flow", "pipeline", "dag", "job", "recipe", "playbook", "wf"],
        "name-says-workflow",
        "folder-says-workflow",
    ),
    (
        &["util", "utility", "utilities", "helper", "common", "lib", "misc", "core", "base", "internal"],
        "name-says-utility",
        "folder-says-utility",
    ),
    (
        &[
            "const",
            "constant",
            "config",
            "type",
            "exception",
            "error",
            "model",
            "schema",
            "version",
            "settings",
            "event",
            "state",
            "enums",
        ],
        "name-says-definitions",
        "folder-says-definitions",
    ),
    (&["data", "dataset", "corpora", "corpus"], "name-says-data", "folder-says-data"),
    (&["doc", "documentation", "readme", "guide", "manual", "tutorial"], "name-says-docs", "folder-says-docs"),
    (&["example", "sample", "demo"], "name-says-example", "folder-says-example"),
    (
        &[
            "template",
            "prompt",
            "locale",
            "translation",
            "theme",
            "static",
            "preset",
            "string",
            "icon",
            "services",
            "i18n",
        ],
        "name-says-resource",
        "folder-says-resource",
    ),
];

/// Stems of documents that nearly every project has, in lower case.
const PROJECT_DOCUMENTS: &[&str] = &[
    "readme",
    "license",
    "licence",
    "copying",
    "copyright",
    "notice",
    "authors",
    "contributors",
    "changelog",
    "changes",
    "history",
    "news",
    "contributing",
    "install",
    "usage",
    "roadmap",
    "security",
    "citation",
    "code_of_conduct",
    "todo",
    "description",
    "credits",
];

pub(super) fn observe(sighting: &Sighting, around: &Surroundings<'_>, features: &mut Features) {
    let path = sighting.file.path.as_str();
    let name = name_of(path).to_lowercase();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name.as_str(), ""));
    let folders: Vec<String> = folder_of(path).split('/').map(str::to_lowercase).collect();
    kind(sighting, features);
    endings(&name, ending, features);
    tests(stem, &folders, features);
    let stem_parts = parts(stem);
    let near: Vec<String> = folders.iter().rev().take(3).flat_map(|folder| parts(folder)).collect();
    for (words, in_name, in_folder) in WORDS {
        if speaks_of(&stem_parts, words) {
            features.see(in_name, format!("is named `{name}`"));
        }
        if speaks_of(&near, words) {
            features.see(in_folder, "lies in a folder whose name says so");
        }
    }
    let whole = stem.split(['.', '-']).next().unwrap_or(stem);
    let among =
        stem_parts.iter().any(|part| PROJECT_DOCUMENTS.get(..11).is_some_and(|words| words.contains(&part.as_str())));
    let among = among || parts(ending).iter().any(|part| part == "license");
    if sighting.file.kind != FileKind::Source && (PROJECT_DOCUMENTS.contains(&whole) || among) {
        features.see("name-of-project-document", format!("is named `{name}` as documents of projects are"));
    }
    features.see_if(stem == "__init__" && ending == "py", "name-init", "is the initialiser of a package");
    features.see_if(
        name == "setup.py" || name == "conftest.py" || name == "conf.py" || name == "noxfile.py",
        "name-build-script",
        "is a script of the build, the documentation or the tests",
    );
    features.see_if(
        matches!(stem, "version" | "_version" | "__about__" | "__version__"),
        "name-version",
        "is named as files with a version are",
    );
    features.see_if(
        folders.iter().any(|folder| folder.ends_with(".dist-info") || folder.ends_with(".egg-info")),
        "folder-packaging",
        "lies among the records of an installed package",
    );
    features.see_if(
        path.contains(".github/workflows/") || path.contains(".gitea/workflows/"),
        "folder-ci",
        "lies where a forge looks for workflows",
    );
    features.see_if(
        folders.last().is_some_and(|folder| {
            matches!(
                folder.as_str(),
                "tasks" | "playbooks" | "handlers" | "workflows" | "dags" | "flows" | "pipelines" | "recipes" | "rules"
            )
        }),
        "folder-of-steps",
        "lies in a folder for steps",
    );
    features.see_if(
        around.has_sibling(path, "__manifest__.py"),
        "beside-addon-manifest",
        "lies beside the manifest of an add-on",
    );
}

fn kind(sighting: &Sighting, features: &mut Features) {
    let feature = match sighting.file.kind {
        FileKind::Source => "kind-source",
        FileKind::Manifest => "kind-manifest",
        FileKind::Config => "kind-config",
        FileKind::Data => "kind-data",
        FileKind::Document => "kind-document",
        FileKind::Archive => "kind-archive",
        FileKind::Model => "kind-model",
        FileKind::Binary => "kind-binary",
        FileKind::Text => "kind-text",
    };
    features.see(feature, "by its name and content");
    let language = match sighting.file.language {
        Language::Python => "language-python",
        Language::Rust => "language-rust",
        Language::Aether if sighting.structure.aether.as_ref().is_some_and(|script| script.dialect == "shell") => {
            "language-shell"
        }
        Language::Aether => "language-aether",
        Language::Shell | Language::PowerShell => "language-shell",
        Language::JavaScript | Language::TypeScript => "language-script",
        Language::Json => "language-json",
        Language::Yaml => "language-yaml",
        Language::Toml => "language-toml",
        Language::Markdown | Language::Rst => "language-markup",
        Language::Dockerfile => "language-dockerfile",
        Language::Notebook => "language-notebook",
        Language::Requirements => "language-requirements",
        Language::Other => return,
    };
    features.see(language, "by its name and content");
}

fn endings(name: &str, ending: &str, features: &mut Features) {
    match ending {
        "cwl" | "wdl" | "nf" | "smk" | "snakefile" | "bpmn" | "ga" => {
            features.see("ending-workflow", format!("ends in `.{ending}`, the ending of a workflow language"));
        }
        "csv" | "tsv" | "tab" | "dat" | "data" | "dta" | "arff" | "parquet" | "feather" | "npy" | "npz" | "db"
        | "sqlite" | "sqlite3" | "shp" | "shx" | "dbf" | "nii" | "h5" | "hdf5" | "jsonl" | "ndjson" | "geojson"
        | "topojson" | "sav" | "rda" | "rds" | "xls" | "xlsx" | "mat" | "fasta" | "fa" | "bed" | "vcf" | "gii" => {
            features.see("ending-data", format!("ends in `.{ending}`, the ending of a data format"));
        }
        "gz" | "bz2" | "xz" | "zst" => {
            let inner = name.rsplit_once('.').map_or("", |(stem, _)| stem);
            if [".csv", ".tsv", ".dat", ".json", ".nii", ".txt", ".jsonl", ".edgelist", ".arff", ".data"]
                .iter()
                .any(|data| inner.ends_with(data))
            {
                features.see("ending-data", "is compressed data");
            }
        }
        "plug" | "plugin" => {
            features.see("ending-plugin", format!("ends in `.{ending}`, which declares a plugin"));
        }
        "txt" => features.see("ending-txt", "ends in `.txt`"),
        "html" | "htm" | "j2" | "jinja" | "jinja2" | "tmpl" | "template" | "tpl" | "mako" | "in" => {
            features.see("ending-template", "has the ending of a template or a page");
        }
        "xml" | "svg" => features.see("ending-xml", "is XML"),
        "1" | "3" | "5" | "7" | "8" => features.see("ending-man", "is a manual page"),
        "ini" | "cfg" | "conf" | "lock" | "properties" | "env" | "example" => {
            features.see("ending-settings", "ends as files of settings do")
        }
        "" if matches!(name, "snakefile" | "jenkinsfile") => {
            features.see("ending-workflow", "is named as workflow files are")
        }
        "" if name == "dodo.py" => features.see("ending-workflow", "is named as workflow files are"),
        _ => {}
    }
}

fn tests(stem: &str, folders: &[String], features: &mut Features) {
    let by_name = stem.starts_with("test_")
        || stem.starts_with("test-")
        || stem.ends_with("_test")
        || stem == "tests"
        || stem == "conftest";
    features.see_if(by_name, "name-test", "is named as tests are");
    let among = folders
        .iter()
        .any(|folder| matches!(folder.as_str(), "test" | "tests" | "testing" | "_tests" | "testdata" | "fixtures"));
    features.see_if(among, "folder-test", "lies in a folder of tests");
}
