"""Writes small web programs in which data from a client does harm, and twins of them in which it does not.

    python3 benches/security/generator/generate.py FOLDER --count 4000 --seed 1

Every program is put together from a source, a way, a sink and a layout (frameworks.py, propagators.py, sinks.py), all
names being drawn anew. FOLDER gets one folder a program and `labels.json`.
"""

import argparse
import json
import os
import random
import re

import frameworks as fw
import propagators
import sinks

WORDS = "amber basket cedar delta ember falcon garnet harbor island jasmine kettle lantern meadow nectar orchid pepper quartz raven saddle timber umber velvet willow yarrow zephyr bramble copper dapple ferry gravel hazel ivory juniper kelp linen maple nimbus opal plume reed sorrel thistle upland vesper wicker".split()
LAYOUTS = ["flat", "flat", "flat", "way-function", "way-method", "sink-function", "sink-method", "sink-nested", "source-function", "source-method", "way-module", "sink-module", "source-module", "sink-class-module", "package", "view"]
IMPORT_STYLES = ["from {m} import {n}", "import {m}", "import {m} as {z}"]


class Names:
    """Fresh names."""

    def __init__(self, rng):
        self.rng = rng
        self.used = set()

    def one(self):
        while True:
            word = self.rng.choice(WORDS)
            if self.rng.random() < 0.5:
                word += "_" + self.rng.choice(WORDS)
            if word not in self.used:
                self.used.add(word)
                return word

    def many(self, keys):
        return {key: self.one() for key in keys}


def indented(lines, depth=1):
    return ["    " * depth + line if line else line for line in lines]


def filled(lines, names):
    return [line.format(**names) for line in lines]


def make(rng):
    """One program: its files and its label; none when the parts do not fit together."""
    names = Names(rng)
    framework = rng.choice(["flask"] * 6 + ["django"] * 3 + ["fastapi", "starlette", "aiohttp", "tornado", "bottle"])
    frame = fw.FRAMEWORKS[framework]
    way = rng.choice([w for w in propagators.WAYS if frame["is_async"] or not w["async"]])
    every = sinks.of(framework)
    category = rng.choice(sorted({s["category"] for s in every}))
    sink = rng.choice([s for s in every if s["category"] == category])
    layout = rng.choice(LAYOUTS)
    where = "none" if rng.random() < 0.5 else rng.choice(["way", "way", "way", "sink", "sink", "source"])
    if sink["always"] and where != "none":
        where = "sink"
    if where == "way" and way["clean"] is None or where == "sink" and not sink["clean"]:
        return None
    sources = [s for s in frame["sources"] if bool(s.get("clean")) == (where == "source")]
    source = rng.choice(sources)
    if layout.startswith("source") and source.get("inline"):
        return None
    if layout.startswith("sink") and (sink["needs"] or sink["answers"] and framework == "tornado" or any("yield" in l for l in sink["dirty"])):
        return None
    if way["async"] and layout.startswith("way"):
        return None
    if layout == "view" and framework not in ("flask", "django"):
        return None
    if any("yield" in l for l in sink["dirty"]) and any("return" in l for l in source["lines"]):
        return None
    tokens = names.many(["v", "b", "a", "c", "d", "e", "t", "u", "q", "s", "k", "w", "k1", "k2", "k3", "f", "g", "h"])
    tokens["p"] = tokens["v"]
    tokens["C"], tokens["D"], tokens["E"] = (names.one().title().replace("_", "") for _ in range(3))
    tokens["K"] = tokens["k"].upper()
    tokens["H"] = "X-" + tokens["k"].replace("_", "-").title()
    tokens["r"] = frame["request"]
    body_source = filled(source["lines"], tokens)
    body_way = filled(way["clean"] if where == "way" else way["dirty"], tokens)
    before_way = filled(way["before_clean"] if where == "way" and way["before_clean"] else way["before"], tokens)
    chosen = rng.choice(sink["clean"]) if where == "sink" else sink["dirty"]
    scratch = {**tokens, **names.many(["t", "u", "q", "s"])}
    body_sink = filled(chosen, scratch)
    before_sink = filled(sink["before"], scratch)
    imports_way, imports_sink = way["imports"], sink["imports"]
    modules = {}
    package = names.one() if layout == "package" else None
    top, local = [], []
    main_imports = list(frame["imports"]) + source.get("imports", [])

    def elsewhere(lines, imports, exported):
        """Puts lines into another module and imports a name from it."""
        module = names.one()
        modules[module] = imports + [""] + lines
        if package:
            style = rng.choice(["from . import {m}", "from .{m} import {n}", "from {p} import {m}", "from {p}.{m} import {n}"])
            main_imports.append(style.format(m=module, n=exported, p=package))
            return exported if style.endswith("{n}") else f"{module}.{exported}"
        style = rng.choice(IMPORT_STYLES)
        short = names.one()
        main_imports.append(style.format(m=module, n=exported, z=short))
        return {IMPORT_STYLES[0]: exported, IMPORT_STYLES[1]: f"{module}.{exported}", IMPORT_STYLES[2]: f"{short}.{exported}"}[style]

    answer_imports = [line for line in frame["imports"] if "import" in line]
    call_request = frame["request"] if frame["passes_request"] else ""
    part_way = layout.startswith("way") or layout == "package" and not way["async"]
    if part_way:
        function = [f"def {tokens['h']}({tokens['p']}):"] + indented(body_way + [f"return {tokens['b']}"])
        if layout == "way-method":
            local += before_way + [""] + [f"class {tokens['E']}:"] + indented([f"def {tokens['h']}(self, {tokens['p']}):"] + indented(body_way + [f"return {tokens['b']}"])) + [""]
            main_imports += imports_way
            body_way = [f"{tokens['b']} = {tokens['E']}().{tokens['h']}({tokens['p']})"]
        elif layout == "way-function":
            local += before_way + [""] + function + [""]
            main_imports += imports_way
            body_way = [f"{tokens['b']} = {tokens['h']}({tokens['p']})"]
        else:
            called = elsewhere(before_way + [""] + function, imports_way, tokens["h"])
            body_way = [f"{tokens['b']} = {called}({tokens['p']})"]
    else:
        local += before_way + [""]
        main_imports += imports_way
    value = tokens["b"]
    if layout.startswith("sink"):
        ends = body_sink if sink["answers"] else body_sink + ["return 1"]
        argument = names.one()
        ends = [re.sub(rf"\b{value}\b", argument, line) for line in ends]
        name = names.one()
        definition = [f"def {name}({argument}):"] + indented(ends)
        if layout == "sink-function":
            local += before_sink + [""] + definition + [""]
            main_imports += imports_sink
            call = f"{name}({value})"
        elif layout == "sink-method":
            local += before_sink + [""] + [f"class {tokens['E']}:"] + indented(["def __init__(self, owner=None):", "    self.owner = owner", f"def {name}(self, {argument}):"] + indented(ends)) + [""]
            main_imports += imports_sink
            call = f"{tokens['E']}().{name}({value})"
        elif layout == "sink-nested":
            local += before_sink + [""]
            main_imports += imports_sink
            body_way = body_way + definition
            call = f"{name}({value})"
        elif layout == "sink-class-module":
            lines = before_sink + [""] + [f"class {tokens['E']}:"] + indented([f"def __init__(self, {argument}):", f"    self.{argument} = {argument}", f"def {name}(self):", f"    {argument} = self.{argument}"] + indented(ends))
            made = elsewhere(lines, imports_sink + answer_imports, tokens["E"])
            call = f"{made}({value}).{name}()"
        else:
            made = elsewhere(before_sink + [""] + definition, imports_sink + answer_imports, name)
            call = f"{made}({value})"
        body_sink = [f"return {call}"] if sink["answers"] else [call]
    else:
        local += before_sink + [""]
        main_imports += imports_sink
    if layout.startswith("source"):
        name = names.one()
        parameter = names.one() if call_request else ""
        lines = [re.sub(rf"\b{call_request}\b", parameter, line) if call_request else line for line in body_source]
        ends = lines + [f"return {tokens['v']}"]
        if layout == "source-function":
            local += [f"def {name}({parameter}):"] + indented(ends) + [""]
            call = f"{name}({call_request})"
        elif layout == "source-method":
            held = [f"def __init__(self, {parameter}):" if parameter else "def __init__(self):", f"    self.{parameter} = {parameter}" if parameter else "    pass"]
            start = [f"{parameter} = self.{parameter}"] if parameter else []
            local += [f"class {tokens['E']}:"] + indented(held + [f"def {name}(self):"] + indented(start + ends)) + [""]
            call = f"{tokens['E']}({call_request}).{name}()"
        else:
            made = elsewhere([f"def {name}({parameter}):"] + indented(ends), source.get("imports", []) + ([] if call_request else answer_imports), name)
            call = f"{made}({call_request})"
        body_source = [f"{tokens['v']} = {call}"]
    if not sink["answers"]:
        if "cookie" != category:
            body_sink = body_sink + [fw.answer(framework, '"done"')]
    if framework == "tornado":
        body_source = [line.replace("return ", "return self.finish(") + ")" if line.strip().startswith("return ") else line for line in body_source]
    body = body_source + body_way + body_sink
    params = [text.format(**tokens) for text in source.get("params", [])]
    handler = names.one()
    top = [line for line in frame["module"]] + filled(source.get("before", []), tokens)
    path = "/" + names.one() + ("/" + ("{%s}" if framework in ("fastapi", "aiohttp") else "<%s>") % source["path"].format(**tokens) if source.get("path") else "")
    if framework == "flask" and layout == "view":
        main_imports.append("from flask.views import MethodView")
        lines = [f"class {handler.title().replace('_', '')}(MethodView):"] + indented([f"def get({', '.join(['self'] + params)}):"] + indented(body)) + ["", f'app.add_url_rule("{path}", view_func={handler.title().replace("_", "")}.as_view("x"))']
    elif framework == "flask":
        lines = [f'@app.route("{path}", methods=["GET", "POST"])', f"def {handler}({', '.join(params)}):"] + indented(body)
    elif framework == "bottle":
        lines = [f'@app.route("{path}", method=["GET", "POST"])', f"def {handler}({', '.join(params)}):"] + indented(body)
    elif framework == "django" and layout == "view":
        main_imports.append("from django.views import View")
        lines = [f"class {handler.title().replace('_', '')}(View):"] + indented([f"def get({', '.join(['self', 'request'] + params)}):"] + indented(body))
    elif framework == "django":
        lines = [f"def {handler}({', '.join(['request'] + params)}):"] + indented(body)
    elif framework == "fastapi":
        need = any(re.search(r"\brequest\b", line) for line in body)
        ordered = (["request: Request"] if need else []) + params
        lines = [f'@app.post("{path}")', f"async def {handler}({', '.join(ordered)}):"] + indented(body)
    elif framework == "starlette":
        lines = [f"async def {handler}(request):"] + indented(body) + ["", f'app = Starlette(routes=[Route("{path}", {handler})])']
    elif framework == "aiohttp":
        if rng.random() < 0.5:
            lines = [f'@routes.get("{path}")', f"async def {handler}(request):"] + indented(body)
        else:
            lines = [f"async def {handler}(request):"] + indented(body) + ["", "application = web.Application()", f'application.router.add_get("{path}", {handler})']
    else:
        lines = [f"class {handler.title().replace('_', '')}(tornado.web.RequestHandler):"] + indented([f"def get({', '.join(['self'] + params)}):"] + indented(body))
    seen, imports = set(), []
    for line in main_imports:
        if line not in seen:
            seen.add(line)
            imports.append(line)
    text = "\n".join(imports + [""] + top + [""] + local + [""] + lines) + "\n"
    main = f"{package}/views.py" if package else "views.py"
    files = {main: text}
    for module, lines in modules.items():
        files[f"{package}/{module}.py" if package else f"{module}.py"] = "\n".join(lines) + "\n"
    if package:
        files[f"{package}/__init__.py"] = ""
    for name, text in files.items():
        compile(text, name, "exec")
    return files, {
        "category": category, "bad": where == "none", "framework": framework, "main": main, "layout": layout,
        "source": f"{framework}/{source['name']}", "way": way["name"], "sink": sink["name"], "twin": where,
    }


def programs(seed, count):
    """As many programs as asked for, the same for the same seed."""
    rng = random.Random(seed)
    made = 0
    while made < count:
        try:
            program = make(rng)
        except SyntaxError:
            continue
        if program:
            made += 1
            yield program


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--text", action="store_true", help="FOLDER is one text file with all programs")
    options = parser.parse_args()
    if options.text:
        with open(options.folder, "w") as file:
            for files, label in programs(options.seed, options.count):
                file.write(f"# --- {label['category']} {'bad' if label['bad'] else 'good'} {label['source']} {label['way']} {label['sink']}\n")
                for path in sorted(files, key=lambda path: path != label["main"]):
                    lines = [line for line in files[path].split("\n") if line]
                    file.write(f"# --- file: {path}\n" + "\n".join(lines) + "\n")
        return
    labels = {}
    for index, (files, label) in enumerate(programs(options.seed, options.count)):
        name = f"p{index:05}"
        for path, text in files.items():
            place = os.path.join(options.folder, name, path)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "w") as file:
                file.write(text)
        labels[name] = label
    with open(os.path.join(options.folder, "labels.json"), "w") as file:
        json.dump(labels, file, indent=1)


if __name__ == "__main__":
    main()
