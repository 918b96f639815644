using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Vo;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests.Vo;

public sealed class LayerTests
{
    private static readonly KnownSurvey Survey = Of(SmallSurvey.Definition with
    {
        Maps = new Dictionary<string, MapDefinition>
        {
            ["point"] = SmallSurvey.Definition.Maps["point"],
            ["my-bands-1"] = SmallSurvey.Definition.Maps["bands"],
        },
    });

    [Theory]
    [InlineData("point-sqrt_ts", "point", "sqrt_ts", null, 0)]
    [InlineData("point-sqrt_ts-0", "point", "sqrt_ts", 0, 0)]
    [InlineData("point-counts", "point", "counts", null, null)]
    [InlineData("point-counts-1", "point", "counts", 1, 1)]
    [InlineData("my-bands-1-flux_err-1", "my-bands-1", "flux_err", 1, 1)]
    [InlineData("my-bands-1-exposure", "my-bands-1", "exposure", null, 0)]
    public void A_layer_is_a_map_a_quantity_and_an_energy_bin(string text, string map, string quantity, int? band, int? bin)
    {
        var layer = Layer.Parse(text, Survey);
        Assert.Equal(new Layer(map, quantity, band), layer);
        Assert.Equal((bin, text), (layer!.Bin, layer.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("point")]
    [InlineData("-sqrt_ts")]
    [InlineData("7")]
    [InlineData("point-sqrt_ts-1")]
    [InlineData("point-counts-2")]
    [InlineData("my-bands-1-flux-123456")]
    public void Another_text_is_no_layer(string text)
    {
        try
        {
            Assert.Null(Layer.Parse(text, Survey));
        }
        catch (SurveyException exception)
        {
            Assert.NotNull(exception.Unknown);
        }
    }

    private static KnownSurvey Of(SurveyDefinition definition) => new(
        new SurveyInfo(definition.Name, definition.ToJson(), [.. definition.Maps.Keys]), TsMapSurvey.Surveys.Survey.Resolve(definition));
}
