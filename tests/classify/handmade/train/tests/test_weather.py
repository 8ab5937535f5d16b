from plugins.weather import Weather


def test_weather_is_cached():
    weather = Weather()
    weather.cache["x"] = 1
    assert weather.ask("x") == 1
