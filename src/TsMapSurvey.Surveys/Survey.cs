using TsMapSurvey.Estimators;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Grids;

namespace TsMapSurvey.Surveys;

/// <summary>A survey definition made definite: its tiles, axes and the estimator options of its maps. Immutable.</summary>
public sealed class Survey
{
    private const double PsfWidthDeg = 1;

    private Survey(
        SurveyDefinition definition, ITiling tiling, MapAxis energy, MapAxis energyTrue, IReadOnlyDictionary<string, TsMapOptions> maps)
    {
        (Definition, Tiling, Energy, EnergyTrue, Maps) = (definition, tiling, energy, energyTrue, maps);
        (Slices, Nights) = ([.. definition.Slices.Select(TimeSlice.Of)], new NightCalendar(definition.NightStartUtcHour));
        HaloPixels = TsMapEstimator.HaloPixels(maps.Values, tiling.PixelScaleDeg, PsfWidthDeg);
    }

    public SurveyDefinition Definition { get; }

    public string Name => Definition.Name;

    public ITiling Tiling { get; }

    /// <summary>The one image that the tiles are cut of.</summary>
    /// <exception cref="SurveyException">They are cut of none.</exception>
    public SkyGrid Grid => Tiling is IMosaicGrid whole ? whole.Grid : throw SurveyErrors.Of($"survey {Name}", [SurveyErrors.NoGrid]);

    /// <summary>Reconstructed energy.</summary>
    public MapAxis Energy { get; }

    public MapAxis EnergyTrue { get; }

    /// <summary>Half the widest kernel of the maps: with that many pixels around it, a tile's maps need no neighbour.</summary>
    public int HaloPixels { get; }

    /// <summary>The options of each map, by name; each has a kernel width, so that no kernel is wider than the halo.</summary>
    public IReadOnlyDictionary<string, TsMapOptions> Maps { get; }

    /// <summary>In the order of the definition; <see cref="TimeSlice.All"/> is among them.</summary>
    public IReadOnlyList<TimeSlice> Slices { get; }

    public NightCalendar Nights { get; }

    /// <summary>Nights of the longest slice that is not all; 0: there is none, and nobody asks when an observation was made.</summary>
    public int LongestSlice => Slices.Max(slice => slice.Nights ?? 0);

    /// <summary>Whether each tile's kernels come from its own stack; else from the file <see cref="SurveyDefinition.Irfs"/>.</summary>
    public bool IrfsOfTile => Definition.Irfs == SurveyDefinition.IrfsOfTile;

    /// <summary>
    /// The kernel width of a map that names none: 1 degree, which holds 99.9 % of a Cherenkov telescope's PSF, around the whole source.
    /// </summary>
    public static double DefaultKernelWidthDeg(ISpatialModel source) => PsfWidthDeg + 2 * source.EvaluationRadiusDeg;

    /// <param name="like">The file that <see cref="SurveyDefinition.Like"/> names; null when that is null.</param>
    /// <param name="tilings">Makes the tiling; null: <see cref="TilingKinds"/>.</param>
    /// <exception cref="SurveyException">The definition has problems, or <paramref name="like"/> is needed and not given, or has not what
    /// is needed.</exception>
    public static Survey Resolve(SurveyDefinition definition, MapDataset? like = null, TilingFactory? tilings = null)
    {
        definition = SurveyDefinition.Parse(definition.ToJson());
        var problems = new List<string>();
        if (definition.Like is { } file)
        {
            if (like is null) problems.Add(SurveyErrors.NeedsLike(file));
            else problems.AddRange(ProblemsOf(definition, file, like));
        }

        if (problems.Count > 0) throw SurveyErrors.Of($"survey {definition.Name}", problems);
        return new Survey(
            definition,
            (tilings ?? TilingKinds.Create)(definition, like),
            GridOfTiling.Axis(definition.EnergyAxis, "energy", like?.Geometry.FindAxis("energy")),
            GridOfTiling.Axis(definition.TrueEnergyAxis, "energy_true", like?.Exposure?.Geometry.FindAxis("energy_true")),
            definition.Maps.ToDictionary(map => map.Key, map => WithKernelWidth(map.Value.ToOptions(map.Key, problems))));
    }

    /// <summary>The image around the pixels that a tile owns: the geometry of its maps.</summary>
    public SkyGrid GridOf(TileId tile) => Tiling.GridOf(tile);

    /// <summary>The image around a tile's own pixels and its halo, also beyond the survey: the geometry of its stack.</summary>
    public SkyGrid GridWithHalo(TileId tile) => Tiling.GridWithHalo(tile, HaloPixels);

    /// <summary>The owned pixels in the coordinates of <see cref="GridWithHalo"/>.</summary>
    public OwnedRegion OwnedWithin(TileId tile) => Tiling.Owned(tile, HaloPixels);

    /// <summary>
    /// The tiles that share a pixel, their halo's included, with an observation's image; none when it lies outside the survey.
    /// </summary>
    /// <exception cref="SkyException">The image is not on the survey's grid.</exception>
    public IReadOnlyList<TileId> TilesOf(SkyGrid observation) => [.. Tiling.Touching(observation, HaloPixels)];

    /// <summary>As for its image; none when no pixel of it is safe, since it adds nothing to any stack.</summary>
    /// <exception cref="SkyException">The image is not on the survey's grid.</exception>
    public IReadOnlyList<TileId> TilesOf(MapDataset observation) =>
        observation.MaskSafe is { } mask && !mask.Data.AsSpan().Contains(true) ? [] : TilesOf(observation.Grid);

    /// <summary>
    /// Whether an observation can be stacked: all maps, on the survey's grid and axes, overlapping the survey, and their values finite and
    /// not negative (counts and background where the mask is set, exposure everywhere). An observation without any safe pixel is accepted.
    /// </summary>
    /// <exception cref="SurveyException">It cannot; every reason is listed.</exception>
    public void Check(MapDataset observation)
    {
        var problems = ObservationCheck.Problems(this, observation).ToArray();
        if (problems.Length > 0) throw SurveyErrors.Of($"observation {observation.Name}", problems);
    }

    /// <summary>
    /// Whether a new observation says when it was made, where that matters. What is in stacks from before the survey had slices is not
    /// asked: without a time it belongs to no slice, and must not keep its tiles from being made again.
    /// </summary>
    /// <exception cref="SurveyException">It does not, and the survey has slices.</exception>
    public void CheckTime(MapDataset observation)
    {
        if (LongestSlice > 0 && Nights.StartOf(observation) is null)
            throw SurveyErrors.Of($"observation {observation.Name}", [SurveyErrors.NoTime(observation.Gti?.Intervals.Count ?? 0)]);
    }

    private static TsMapOptions WithKernelWidth(TsMapOptions map) =>
        map with { KernelWidthDeg = map.KernelWidthDeg ?? DefaultKernelWidthDeg(map.Model.Spatial) };

    private static IEnumerable<string> ProblemsOf(SurveyDefinition definition, string file, MapDataset like)
    {
        if (definition.Tiling.Like is not null && like.Geometry.Grid is null)
            yield return SurveyErrors.LikeHasNo("tiling.like", file, "image");
        if (definition.EnergyAxis.Like is not null && like.Geometry.FindAxis("energy") is null)
            yield return SurveyErrors.LikeHasNo("energyAxis.like", file, "reconstructed energy axis");
        if (definition.TrueEnergyAxis.Like is not null && like.Exposure?.Geometry.FindAxis("energy_true") is null)
            yield return SurveyErrors.LikeHasNo("trueEnergyAxis.like", file, "exposure with a true energy axis");
    }
}
