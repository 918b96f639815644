using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Zones;
using TsMapSurvey.Events.Given;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Grids;
using TsMapSurvey.Surveys.Layers;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Surveys;

/// <summary>A resolved survey definition with its tiles, its axes and the estimator options of its maps. Immutable.</summary>
public sealed class Survey
{
    private const double PsfWidthDeg = 1;

    private readonly Map<bool>? _exclusion;
    private readonly GivenMaps? _given;

    private Survey(
        SurveyDefinition definition, ITiling tiling, MapAxis energy, MapAxis energyTrue, IReadOnlyDictionary<string, TsMapOptions> maps,
        Map<bool>? exclusion, GivenMaps? given)
    {
        (_exclusion, _given) = (exclusion, given);
        (Definition, Tiling, Energy, EnergyTrue, Maps) = (definition, tiling, energy, energyTrue, maps);
        (Slices, Nights) = ([.. definition.Slices.Select(TimeSlice.Of)], new NightCalendar(definition.NightStartUtcHour));
        Frequencies = definition.EnergyAxis.FmocOrder is null ? null : FrequencyAxis.Cells(definition.EnergyAxis);
        HaloPixels = TsMapEstimator.HaloPixels(maps.Values, tiling.PixelScaleDeg, PsfWidthDeg);
    }

    public SurveyDefinition Definition { get; }

    public string Name => Definition.Name;

    public ITiling Tiling { get; }

    /// <summary>The image of the whole survey, of which tiles are cutouts.</summary>
    /// <exception cref="SurveyException">The tiling has no such image.</exception>
    public SkyGrid Grid => Tiling is IMosaicGrid whole ? whole.Grid : throw SurveyErrors.Of($"survey {Name}", [SurveyErrors.NoGrid]);

    /// <summary>Axis of reconstructed energy.</summary>
    public MapAxis Energy { get; }

    public MapAxis EnergyTrue { get; }

    /// <summary>The frequency cells that are the bins of <see cref="Energy"/>; null if its edges were chosen otherwise.</summary>
    public FrequencyCells? Frequencies { get; }

    /// <summary>Half the widest kernel of the maps in pixels: with this border, the maps of a tile do not depend on other tiles.</summary>
    public int HaloPixels { get; }

    /// <summary>The options of each map, by name. Each has a kernel width, so that no kernel is wider than the halo allows.</summary>
    public IReadOnlyDictionary<string, TsMapOptions> Maps { get; }

    /// <summary>The slices in the order of the definition, including <see cref="TimeSlice.All"/>.</summary>
    public IReadOnlyList<TimeSlice> Slices { get; }

    public NightCalendar Nights { get; }

    /// <summary>What is shown as pictures of the whole sky, then as cubes, map by map in the order of the definition.</summary>
    public IReadOnlyList<SurveyLayer> Layers => field ??=
        [.. Maps.Keys.SelectMany(map => SurveyLayer.Of(this, map)), .. Maps.Keys.SelectMany(map => SurveyLayer.CubesOf(this, map))];

    /// <summary>Number of nights of the longest slice except all; 0 if there is none, and times of observations are not needed.</summary>
    public int LongestSliceNights => Slices.Max(slice => slice.Nights ?? 0);

    /// <summary>
    /// Whether kernels are computed from each tile's own stack; otherwise from the file <see cref="SurveyDefinition.Irfs"/>.
    /// </summary>
    public bool IrfsOfTile => Definition.Irfs == SurveyDefinition.IrfsOfTile;

    /// <summary>
    /// The parts of a tile's stack that are fitted with responses of their own. One for each tile of a grid, so that tiles of a survey with
    /// one response equal a single map of the survey; tiles with grids of their own are as large as the responses' changes.
    /// </summary>
    public ResponseZones ZonesOf(MapDataset stack, TsMapOptions options) =>
        IrfsOfTile && Tiling is not IMosaicGrid ? ResponseZones.Of(stack, options) : ResponseZones.One(stack.Grid);

    /// <summary>Whether tiles may make datasets of observations on their own work grids, instead of adding what was read.</summary>
    public bool TilesMakeDatasets => Definition.Resample || Definition.Events is not null;

    /// <summary>How event lists become datasets.</summary>
    /// <exception cref="SurveyException">The survey does not take event lists, or its exclusion mask was not given.</exception>
    public EventReduction Events => field ??= new EventReduction(this, _exclusion);

    /// <summary>How event lists without responses become datasets.</summary>
    /// <exception cref="SurveyException">The survey does not name the maps that they need, or the maps were not given.</exception>
    public GivenReduction Given => field ??= new GivenReduction(this, _given);

    /// <summary>
    /// The default kernel width of a map: the source's diameter plus 1 degree, which contains 99.9 % of a Cherenkov telescope's PSF.
    /// </summary>
    public static double DefaultKernelWidthDeg(ISpatialModel source) => PsfWidthDeg + 2 * source.EvaluationRadiusDeg;

    /// <param name="like">The content of the file <see cref="SurveyDefinition.Like"/>; null if that is null.</param>
    /// <param name="tilings">Creates the tiling; null for <see cref="TilingKinds"/>.</param>
    /// <param name="exclusion">The content of <see cref="EventsDefinition.Exclusion"/>; may be null if no event list is read.</param>
    /// <param name="given">The content of <see cref="EventsDefinition.Given"/>; may be null if no event list is read.</param>
    /// <exception cref="SurveyException">The definition has problems, or <paramref name="like"/> is missing or lacks a map or
    /// axis.</exception>
    public static Survey Resolve(SurveyDefinition definition, MapDataset? like = null, TilingFactory? tilings = null,
        Map<bool>? exclusion = null, GivenMaps? given = null)
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
            definition.Maps.ToDictionary(map => map.Key, map => WithKernelWidth(map.Value.ToOptions(map.Key, problems))), exclusion,
            given);
    }

    /// <summary>The geometry of a tile's maps: the smallest image that contains the pixels that the tile owns.</summary>
    public SkyGrid GridOf(TileId tile) => Tiling.GridOf(tile);

    /// <summary>The geometry of a tile's stack: the tile's image with its halo, which may extend beyond the survey.</summary>
    public SkyGrid GridWithHalo(TileId tile) => Tiling.GridWithHalo(tile, HaloPixels);

    /// <summary>The pixels that a tile owns, in the coordinates of <see cref="GridWithHalo"/>.</summary>
    public OwnedRegion OwnedPixels(TileId tile) => Tiling.Owned(tile, HaloPixels);

    /// <summary>
    /// The tiles whose stack, including its halo, overlaps with an observation's image; none if the image is outside the survey.
    /// </summary>
    /// <exception cref="SkyException">The image is not aligned with the survey's grid.</exception>
    public IReadOnlyList<TileId> TilesOf(SkyGrid observation) => [.. Tiling.Touching(observation, HaloPixels)];

    /// <summary>The tiles that an observation changes; none if the observation has no safe pixel.</summary>
    /// <exception cref="SkyException">The image is not aligned with the survey's grid.</exception>
    public IReadOnlyList<TileId> TilesOf(MapDataset observation) =>
        observation.HasSafePixel ? TilesOf(observation.Grid) : [];

    /// <summary>The tiles that an observation changes; none if it has no valid pixel.</summary>
    public IReadOnlyList<TileId> TilesOf(IObservedData observation) => observation.TilesOf(Tiling, HaloPixels);

    /// <summary>
    /// Checks that an observation can be stacked: it has all maps with the survey's grid and axes, it overlaps with the survey, and its
    /// values are finite and not negative (counts and background where the mask is set, exposure everywhere). An observation without safe
    /// pixels is valid.
    /// </summary>
    /// <exception cref="SurveyException">The observation cannot be stacked; every reason is listed.</exception>
    public void Check(MapDataset observation)
    {
        var problems = ObservationCheck.Problems(this, observation).ToArray();
        if (problems.Length > 0) throw SurveyErrors.Of($"observation {observation.Name}", problems);
    }

    /// <summary>
    /// Checks that a new observation has a time, if the survey has slices. It must not be called for observations that were stacked before
    /// the survey had slices: without a time they are in no slice, but their tiles must still be stackable again.
    /// </summary>
    /// <exception cref="SurveyException">The survey has slices, and the observation has no time.</exception>
    public void CheckTime(IObservedData observation)
    {
        if (LongestSliceNights > 0 && Nights.StartOf(observation.Gti) is null)
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
