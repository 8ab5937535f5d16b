from metaflow import FlowSpec, Parameter, step


class Nightly(FlowSpec):
    rate = Parameter("rate", default=0.1)

    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        print(self.rate)


if __name__ == "__main__":
    Nightly()
