import apache_beam as beam


def run(argv=None):
    with beam.Pipeline() as pipeline:
        (
            pipeline
            | beam.io.ReadFromText("in.txt")
            | beam.FlatMap(str.split)
            | beam.combiners.Count.PerElement()
            | beam.io.WriteToText("out")
        )


if __name__ == "__main__":
    run()
