using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Tests;

public sealed class GrainKeysTests
{
    [Theory]
    [InlineData("sky", "one.fits")]
    [InlineData("sky", "2025/01/one.fits")]
    [InlineData("sky", "x000y001")]
    public void A_key_is_split_where_it_was_joined_whatever_folders_the_name_has(string survey, string name) =>
        Assert.Equal((survey, name), GrainKeys.Split(GrainKeys.Of(survey, name)));

    [Theory]
    [InlineData("sky")]
    [InlineData("/one.fits")]
    [InlineData("")]
    public void What_names_no_survey_is_no_key(string key) =>
        Assert.Contains($"'{key}'", Assert.Throws<FormatException>(() => GrainKeys.Split(key)).Message, StringComparison.Ordinal);
}
