class Echo:
    def handle(self, text):
        return text


PLUGIN_CLASS = Echo
