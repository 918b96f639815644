using System.Collections.Concurrent;
using TsMapSurvey.Hips;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys.Layers;

namespace TsMapSurvey.Server.Vo.Hips;

/// <summary>The name of a tile's content: the revision and the hash of the survey's tiles in it. Equal names mean equal pixels.</summary>
internal readonly record struct HipsTileName(long Revision, string Digest)
{
    public static HipsTileName Of(IReadOnlyList<HipsPart> parts) => new(parts.Sum(part => part.Revision), HipsPart.Digest(parts));

    public override string ToString() => HipsLayout.Version(Revision, Digest);
}

/// <summary>A version of a layer's HiPS: its parts, and which of them is in which of its tiles. Immutable.</summary>
internal sealed class HipsVersion(KnownSurvey survey, SurveyLayer layer, HipsIndex index, HipsPyramid pyramid)
{
    private readonly ConcurrentDictionary<HealpixCell, HipsTileName> _names = new();

    public KnownSurvey Survey { get; } = survey;

    public SurveyLayer Layer { get; } = layer;

    public HipsIndex Index { get; } = index;

    /// <summary>Its tiles of the survey are numbered as the index's parts.</summary>
    public HipsPyramid Pyramid { get; } = pyramid;

    public HipsTileName Name { get; } = HipsTileName.Of(index.Parts);

    public HipsLayout Layout { get; } = new SurveyLayout(survey.Name).Hips(layer.Name);

    /// <summary>The tiles of a cube; null for an image.</summary>
    public CubeGrid? Cube { get; } = layer.Cube is { } cells ? CubeGrid.For(survey.Survey.Tiling.PixelScaleDeg, cells) : null;

    /// <summary>The lowest order whose tiles show the pixels of the survey; a lower one is made of its children.</summary>
    public int SampledFrom { get; } = HipsOrders.Resolving(survey.Survey.Tiling.PixelScaleDeg);

    /// <summary>The survey's tiles in a HiPS tile.</summary>
    public IReadOnlyList<HipsPart> PartsIn(HealpixCell cell) => [.. Pyramid.TilesIn(cell).Select(tile => Index.Parts[tile])];

    /// <summary>The parts that have pixels, of all or of a HiPS tile.</summary>
    public static IEnumerable<(TileId Tile, string Blob)> WithPixels(IEnumerable<HipsPart> parts) =>
        from part in parts
        where part.Blob is not null
        select (new TileId(part.Tile), part.Blob);

    public HipsTileName NameOf(HealpixCell cell) => _names.GetOrAdd(cell, one => HipsTileName.Of(PartsIn(one)));

    public HipsReduction Reduction => Layer.Quantity switch
    {
        "counts" or "background" or "excess" => HipsReduction.Sum,
        "sqrt_ts" => HipsReduction.Max,
        _ => HipsReduction.Mean,
    };

    /// <summary>How much more a pixel sums up than one of the deepest order.</summary>
    /// <param name="halvings">The number of orders between them.</param>
    public double Gain(int halvings) => Reduction == HipsReduction.Sum ? Math.Pow(4, halvings) : 1;
}
