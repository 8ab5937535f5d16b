import luigi


class Download(luigi.Task):
    url = luigi.Parameter()

    def output(self):
        return luigi.LocalTarget("raw.txt")

    def run(self):
        with self.output().open("w") as file:
            file.write("text")


class CountWords(luigi.Task):
    def requires(self):
        return Download(url="https://text.example.org")

    def output(self):
        return luigi.LocalTarget("count.txt")

    def run(self):
        with self.input().open() as file, self.output().open("w") as out:
            out.write(str(len(file.read().split())))
