using TsMapSurvey.Estimators;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Json;
using TsMapSurvey.Surveys.Options;

namespace TsMapSurvey.Surveys.Tests;

public sealed class MapDefinitionTests
{
    // Numbers and flags follow from their rows of MapOptions.
    private static readonly TsMapOptions Odd = OddNumbersAndFlags(new TsMapOptions
    {
        Model = new SkyModel(new GaussianSource(0.1 + 0.2), new PowerLaw(2.1, 1.1e-13 / 3, 0.7)),
        Norm = new NormScan(-1.0 / 3, 55),
        Selection = TsMapSelection.ErrnErrp | TsMapSelection.StatScan,
        EnergyEdgesTeV = [0.01, 0.1 / 3 * 7, 10],
        BackgroundModels = [new SkyModel(new ShellSource(0.1 / 3, 0.7), new LogParabola(1e-12 / 7, 3, 2.2, 0.1))
            { Name = "known", Position = new SkyPosition(1.0 / 3, -2.0 / 3, SkyFrame.Galactic) }],
    });

    [Fact]
    public void The_estimators_options_come_back_digit_for_digit_from_their_definition()
    {
        foreach (var options in new[] { new TsMapOptions(), Odd,
            Odd with { EnergyEdgesTeV = null, AllEnergyBins = true, Selection = TsMapSelection.All } })
        {
            var back = MapDefinition.Parse(MapDefinition.Of(options).ToJson()).ToOptions();
            Assert.Equal(options.EnergyEdgesTeV, back.EnergyEdgesTeV);
            Assert.Equal(options.BackgroundModels.Select(Bare), back.BackgroundModels.Select(Bare));
            Assert.Equal(
                options with { EnergyEdgesTeV = null, BackgroundModels = [] }, back with { EnergyEdgesTeV = null, BackgroundModels = [] });
        }
    }

    [Fact]
    public void A_model_beyond_short_words_travels_as_yaml()
    {
        foreach (var model in new[]
        {
            new SkyModel(new DiskSource(0.1 + 0.2), new PowerLaw(2.1, 1.1e-13 / 3, 0.7)),
            new SkyModel(new GaussianSource(0.3, 0.1 + 0.2, 20.0 / 3), new PowerLaw())
                { Position = new SkyPosition(1.0 / 3, 2, SkyFrame.Galactic), Name = "long" },
            new SkyModel(new PointSource(), new ExpCutoffPowerLaw(1.0 / 3, 1e-12 / 7, 0.1 + 0.2)),
        })
        {
            var definition = MapDefinition.Of(new TsMapOptions { Model = model });
            Assert.Equal(model.Spatial is DiskSource, !definition.Values.ContainsKey("model"));
            Assert.Equal(Bare(model), Bare(MapDefinition.Parse(definition.ToJson()).ToOptions().Model));
        }
    }

    private static TsMapOptions OddNumbersAndFlags(TsMapOptions options)
    {
        foreach (var option in MapOptions.All.Except(MapOptions.ExcludedByModel))
        {
            object? odd = option.Field switch
            {
                FlagField flag => !(bool)flag.Default!,
                NumberField number => OddNumber(number),
                _ => null,
            };
            if (odd is not null) options = option.Set(options, odd, option.Name, []);
        }
        return options;
    }

    private static double OddNumber(NumberField field)
    {
        double[] candidates = field.OneOf is { } allowed ? [.. allowed] : field.IsInteger ? [77, 3, 1] : [1.0 / 3, 7.0 / 3, 77.7];
        return candidates.First(value => !Equals(value, field.Default)
            && value >= (field.AtLeast ?? value) && value <= (field.AtMost ?? value)
            && value > (field.Above ?? double.MinValue) && value < (field.Below ?? double.MaxValue));
    }

    private static ModelComponent Bare(ModelComponent model) => model with { Notes = null };

    /// <summary>An option that has no counterpart in a definition would be lost on the way to another machine.</summary>
    [Fact]
    public void No_option_but_the_threads_stays_behind()
    {
        var (usual, back) = (new TsMapOptions(), MapDefinition.Parse(MapDefinition.Of(Odd).ToJson()).ToOptions());
        foreach (var property in typeof(TsMapOptions).GetProperties()
            .Where(property => property.Name is not (nameof(TsMapOptions.NJobs) or nameof(TsMapOptions.AllEnergyBins))))
            Assert.False(Equals(property.GetValue(usual), property.GetValue(back)), $"{property.Name} did not travel");
    }

    [Fact]
    public void Every_problem_of_a_map_is_listed_at_once()
    {
        var exception = Assert.Throws<SurveyException>(() => MapDefinition.Parse("""{ "spatial": "blob", "rtol": 7, "kernelwidth": 1, "amplitude": "3 parsec" }"""));
        foreach (var name in new[] { "map.spatial", "map.rtol", "map.kernelwidth", "map.amplitude" })
            Assert.Contains(exception.Problems, problem => problem.StartsWith(name, StringComparison.Ordinal));
    }
}
