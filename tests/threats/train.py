#!/usr/bin/env python3
"""Trains the weights by which passages for agents are judged: logistic regression over named traits.

    python3 tests/threats/train.py gather SET       needs pip and a network
    TRAITS=SET cargo test --lib traits_for_training -- --ignored
    python3 tests/threats/train.py fit SET config/instructions.json       needs numpy, scipy and scikit-learn

What is learned from is all here, or named here:

- `passages/`: passages of one to four sentences, unsafe ones and near misses, one author a file. `@@` is taken out.
- the cases for agents of `skills.md`, `told-to-agents.md`, `agents-3.md` and `more-ways.md`, and of `../batches/agents-1.md`.
- documents for agents from the published packages of `documents.tsv`, each pinned by its digest, all taken for safe.

A document is unsafe when one passage of it is. Which one, is learned: training starts with the passage that has the most
traits, and goes on with the one that weighs most. Of the passages of published documents those that weigh most are learned
from, and some by chance. Traits that unsafe and safe passages have equally often begin with little weight (Wang and
Manning, "Baselines and Bigrams", ACL 2012).

`fit` first leaves out each author and a part of the packages in turn, and prints what the others' weights make of
them. From these sums the threshold comes: the least above which `FLAGGED` of the published documents are. What single
words find is believed above another, lower one, chosen in the same way.
"""

import collections
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
WINDOW, MAX_PASSAGE = 3, 700
MIN_DOCUMENTS = 3
ROUNDS = 3
PENALTY = 0.1
UNSAFE_WEIGHT, CASE_WEIGHT = 8.0, 4.0
HARD, BY_CHANCE = 6000, 8000
MIN_WEIGHT = 0.03
FLAGGED, FLAGGED_WITH_WORDS = 0.08, 0.09
PARTS = 4
STOP = set("a an the of to in is are be it its this that and or for on with as at by from".split())

FOR_AGENTS = re.compile(
    r"(^|/)(skill|agents|claude|gemini|copilot-instructions)\.md$|\.mdc$|\.cursorrules$|\.windsurfrules$"
    r"|(^|/)(skills|agents|commands|prompts|personas?|instructions|modes|workflows)/.*\.(md|mdc|txt|prompt|j2|yaml|yml)$"
    r"|prompt[^/]*\.(md|txt|j2|yaml|yml|jinja2?)$|tools?\.json$|readme\.md$",
    re.IGNORECASE,
)
MAX_DOCUMENT, MAX_DOCUMENTS = 200_000, 400


def plain(text):
    """A case as it is judged: marks within words are taken out, characters that nobody sees put back in."""
    return re.sub(r"@\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text.replace("@@", ""))


def passages_of(path):
    for part in re.split(r"^## (?=(?:un)?safe$)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        label, text = part.split("\n", 1)
        yield label, "SKILL.md", plain(text).strip() + "\n"


def cases_of(path):
    for section in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        heading, text = section.split("\n", 1)
        for case in text.split("\n---\n"):
            case = plain(case).strip("\n")
            name = "SKILL.md"
            if case.startswith("file: "):
                name, case = case.removeprefix("file: ").split("\n", 1)
            yield heading.split()[-1], name, case + "\n"


def folders_of(path):
    for section in plain(path.read_text(encoding="utf-8")).split("\n## file: ")[1:]:
        name, text = section.split("\n", 1)
        folder, name = name.split("/", 1)
        yield folder.rsplit("_", 1)[-1], name, text.split("~~~~\n", 1)[1].rsplit("~~~~", 1)[0]


def published(name, version, digest):
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", folder]
        if subprocess.run([*command, f"{name}=={version}"]).returncode != 0:
            sys.exit(f"{name} {version} could not be fetched")
        (wheel,) = pathlib.Path(folder).iterdir()
        if hashlib.sha256(wheel.read_bytes()).hexdigest() != digest:
            sys.exit(f"{wheel.name} is not the one that is pinned")
        members = [
            member
            for member in zipfile.ZipFile(wheel).infolist()
            if FOR_AGENTS.search(member.filename) and 80 <= member.file_size <= MAX_DOCUMENT
        ]
        for member in members[:MAX_DOCUMENTS]:
            try:
                yield "safe", member.filename, zipfile.ZipFile(wheel).read(member).decode("utf-8")
            except UnicodeDecodeError:
                continue


def gather(target):
    sources = [("passages-" + path.stem, passages_of(path)) for path in sorted((HERE / "passages").glob("*.md"))]
    pages = ("skills.md", "told-to-agents.md", "agents-3.md", "more-ways.md")
    sources += [("cases-" + page.removesuffix(".md"), cases_of(HERE / page)) for page in pages]
    sources.append(("cases-agents-1", folders_of(HERE.parent / "batches/agents-1.md")))
    for line in (HERE / "documents.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, version, digest = line.split("\t")
            sources.append(("published-" + name, published(name, version, digest)))
    paths = []
    for source, documents in sources:
        for number, (label, name, text) in enumerate(documents):
            path = pathlib.Path(label, source, f"{number:04}", name)
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_text(text, encoding="utf-8")
            paths.append(str(path))
    (target / "list").write_text("".join(path + "\n" for path in paths), encoding="utf-8")
    print(f"{len(paths)} documents of {len(sources)} sources")


class Document:
    """What `traits_for_training` says of one document."""

    def __init__(self, row):
        label, self.source = row["path"].split("/")[:2]
        self.unsafe = label == "unsafe"
        self.published = self.source.startswith("published-")
        self.passages, self.starts = [], []
        for first in range(len(row["sentences"])):
            for traits in self.windows(row["sentences"], first):
                self.passages.append(traits)
                self.starts.append((first, len(self.passages) - 1))
        self.words = row["aims"]

    def windows(self, sentences, first):
        traits, length = set(), 0
        for index in range(first, min(first + WINDOW, len(sentences))):
            one = sentences[index]
            if one is None:
                return
            length += one["length"]
            if index > first and length > MAX_PASSAGE:
                return
            traits = traits | {name for name in one["traits"] if name.removeprefix("word:") not in STOP}
            yield traits

    def around(self, sums):
        """The greatest sum around a sentence in which single words found something; none when nothing was found."""
        near = [sums[at] for word in self.words for first, at in self.starts if word - WINDOW < first <= word]
        return max(near, default=None)


class Model:
    def __init__(self, names, weights, bias):
        self.column = {name: index for index, name in enumerate(names)}
        self.names, self.weights, self.bias = names, weights, bias

    def sums(self, document):
        weigh = lambda traits: sum(self.weights[self.column[name]] for name in traits if name in self.column)
        return [weigh(traits) + self.bias for traits in document.passages]


def table(documents, column):
    import numpy, scipy.sparse

    cells, spans, row = [], [], 0
    for document in documents:
        spans.append(numpy.arange(row, row + len(document.passages)))
        for traits in document.passages:
            cells += [(row, column[name]) for name in traits if name in column]
            row += 1
    rows, columns = zip(*cells)
    values = numpy.ones(len(rows), numpy.float32)
    return scipy.sparse.csr_matrix((values, (rows, columns)), shape=(row, len(column))), spans


def learn(documents):
    import numpy, scipy.sparse
    from sklearn.linear_model import LogisticRegression

    rng = numpy.random.default_rng(0)
    counts = collections.Counter(
        name for document in documents if not document.published for name in set().union(*document.passages)
    )
    names = sorted(name for name, count in counts.items() if count >= MIN_DOCUMENTS)
    matrix, spans = table(documents, {name: index for index, name in enumerate(names)})
    all_of = lambda wanted: numpy.concatenate([span for span, one in zip(spans, documents) if wanted(one)])
    safe = all_of(lambda one: not one.unsafe)
    cases = all_of(lambda one: not one.unsafe and not one.published)
    often = numpy.asarray(matrix[all_of(lambda one: one.unsafe)].sum(0)).ravel() + 1
    seldom = numpy.asarray(matrix[cases].sum(0)).ravel() + 1
    telling = numpy.abs(numpy.log((often / often.sum()) / (seldom / seldom.sum()))) ** 0.5
    matrix = (matrix @ scipy.sparse.diags(telling)).tocsr()
    unsafe = [span for span, one in zip(spans, documents) if one.unsafe]
    total = numpy.asarray(matrix.sum(1)).ravel()
    picked = numpy.array([span[numpy.argmax(total[span])] for span in unsafe])
    chance = lambda: rng.choice(safe, min(BY_CHANCE, len(safe)), replace=False)
    against = numpy.unique(numpy.r_[cases, chance()])
    for _ in range(ROUNDS):
        weight = numpy.where(numpy.isin(against, cases), CASE_WEIGHT, 1.0)
        weight = numpy.r_[numpy.full(len(picked), UNSAFE_WEIGHT), weight]
        answer = numpy.r_[numpy.ones(len(picked)), numpy.zeros(len(against))]
        fitted = LogisticRegression(C=PENALTY, solver="liblinear", max_iter=300)
        fitted.fit(matrix[numpy.r_[picked, against]], answer, sample_weight=weight)
        score = matrix @ fitted.coef_[0]
        picked = numpy.array([span[numpy.argmax(score[span])] for span in unsafe])
        hardest = safe[numpy.argsort(-score[safe], kind="stable")[:HARD]]
        against = numpy.unique(numpy.r_[cases, hardest, chance()])
    return Model(names, fitted.coef_[0] * telling, float(fitted.intercept_[0]))


def left_out(documents):
    """Each document with its greatest sum, and the greatest around what single words found, by the weights of others."""
    authors = sorted({one.source for one in documents if not one.published})
    packages = sorted({one.source for one in documents if one.published})
    seen = []
    for part, author in enumerate(authors):
        out = {author} | {name for at, name in enumerate(packages) if at % PARTS == part % PARTS}
        model = learn([one for one in documents if one.source not in out])
        for one in documents:
            if one.source == author or part < PARTS and one.source in out:
                sums = model.sums(one)
                seen.append((one, max(sums), one.around(sums)))
    return seen


def share(flags):
    flags = list(flags)
    return sum(flags) / max(1, len(flags))


def fit(source, target):
    with open(source / "traits.jsonl", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    documents = [Document(row) for row in rows if row["for_agents"]]
    documents = [one for one in documents if one.passages]
    seen = left_out(documents)
    real = [(top, around) for one, top, around in seen if one.published]
    threshold = sorted(top for top, _ in real)[-1 - int(FLAGGED * len(real))]
    rest = sorted((around for top, around in real if top <= threshold and around is not None), reverse=True)
    acquits = rest[min(len(rest) - 1, int((FLAGGED_WITH_WORDS - FLAGGED) * len(real)))]
    flagged = lambda top, around: top > threshold or around is not None and around > acquits
    print("left out in turn, by the weights of the others:")
    for name in sorted({one.source for one, *_ in seen if not one.published}):
        of = lambda unsafe: share(flagged(*s) for one, *s in seen if one.source == name and one.unsafe == unsafe)
        print(f"  {name}: {of(True):.1%} of the unsafe ones flagged, {of(False):.1%} of the safe ones")
    print(f"  published documents: {share(flagged(*s) for s in real):.1%} of {len(real)} flagged")
    model = learn(documents)
    shipped = json.loads(target.read_text(encoding="utf-8"))
    shipped |= {"bias": round(model.bias, 3), "threshold": round(threshold, 2), "acquits": round(acquits, 2)}
    weights = {name: round(float(weight), 2) for name, weight in zip(model.names, model.weights)}
    shipped["weights"] = {name: weight for name, weight in weights.items() if abs(weight) >= MIN_WEIGHT}
    target.write_text(json.dumps(shipped, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(shipped['weights'])} weights, threshold {threshold:.2f}, acquits {acquits:.2f}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["gather", folder]:
            gather(pathlib.Path(folder))
        case ["fit", folder, model]:
            fit(pathlib.Path(folder), pathlib.Path(model))
        case _:
            sys.exit(__doc__)
