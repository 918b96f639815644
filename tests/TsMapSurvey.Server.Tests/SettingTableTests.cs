using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Tests;

public sealed class SettingTableTests
{
    private const string Head = "| setting | takes | default | meaning |\n|---|---|---|---|\n";
    private static readonly string Readme = Repository.Path("infra", "README.md");

    [Fact]
    public void The_table_of_settings_in_the_README_is_made_of_them()
    {
        var text = File.ReadAllText(Readme);
        var start = text.IndexOf(Head, StringComparison.Ordinal);
        Assert.True(start > 0, $"{Readme} has no table of settings");
        var end = text.IndexOf("\n\n", start, StringComparison.Ordinal) + 1;
        var table = Head + string.Concat(Setting.All.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(Row));
        if (Environment.GetEnvironmentVariable("TSMAP_WRITE_SETTINGS") == "1")
            File.WriteAllText(Readme, text = string.Concat(text.AsSpan(0, start), table, text.AsSpan(end)));
        Assert.True(text.Contains(table + "\n", StringComparison.Ordinal),
            $"{Readme} differs; run these tests with TSMAP_WRITE_SETTINGS=1 and look at the difference");
    }

    [Fact]
    public void Every_setting_has_a_key_of_its_own_and_a_default_that_it_takes()
    {
        Assert.Equal(Setting.All.Count, Setting.All.Select(setting => setting.Key).Distinct().Count());
        Assert.All(Setting.All, setting =>
            Assert.True(setting.Meaning.Length > 0 && setting.Takes.Length > 0 && setting.IsWithinBounds(new ServerSettings())));
    }

    private static string Row(Setting setting)
    {
        var typed = setting.Typed is { } option ? $", `{option}`" : "";
        var several = setting.Separator is { } separator ? $"; several with `{separator}` between them" : "";
        return $"| `{SettingsReader.Prefix}{setting.Key.Replace(":", "__", StringComparison.Ordinal)}`{typed} | {setting.Takes}{several} "
            + $"| {setting.Default} | {setting.Meaning} |\n";
    }
}
