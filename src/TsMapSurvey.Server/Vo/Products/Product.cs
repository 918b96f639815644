using System.Globalization;
using TsMapSurvey.Maps;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Vo.Products;

internal enum ProductKind
{
    /// <summary>One quantity of the whole survey, in one energy bin.</summary>
    Mosaic,

    /// <summary>One quantity of a tile.</summary>
    Quantity,

    /// <summary>All quantities of a tile's map.</summary>
    FluxMaps,

    /// <summary>A tile's stack.</summary>
    Dataset,
}

/// <summary>A file of a survey that the API gives. Its content follows the data; its identity does not change.</summary>
/// <param name="Tile">Null for a mosaic.</param>
/// <param name="Map">Null for a dataset. For sums of the stack, which are those of every map, the survey's first map.</param>
/// <param name="Quantity">Null for FluxMaps and datasets.</param>
/// <param name="Bin">Energy bin of a mosaic; 0 for sums over energy and for other kinds.</param>
internal sealed record Product(
    KnownSurvey Survey, ProductKind Kind, TileId? Tile, string? Map, string? Quantity, int Bin, string Slice)
{
    /// <summary>No registry knows this authority: identifiers name the data, on whatever server they are.</summary>
    public const string Authority = "ivo://tsmapsurvey/";

    private const int LongestId = 500;

    /// <summary>The globally unique identifier of ObsCore's obs_publisher_did.</summary>
    public string Id => $"{Authority}{Survey.Name}?{Key}";

    /// <summary>Identifier within the survey, and name of a file.</summary>
    public string Key => string.Join('/', Kind switch
    {
        ProductKind.Mosaic => ["mosaic", Map!, Quantity!, Bin.ToString(CultureInfo.InvariantCulture), Slice],
        ProductKind.Quantity => ["quantity", $"{Tile}", Map!, Quantity!, Slice],
        ProductKind.FluxMaps => ["fluxmaps", $"{Tile}", Map!, Slice],
        _ => new[] { "dataset", $"{Tile}", Slice },
    });

    /// <summary>The path and query by which the API gives the file.</summary>
    public string Path => PathOf("fits");

    /// <summary>The path and query of its picture; null if it has none.</summary>
    public string? Picture => Kind is ProductKind.Mosaic or ProductKind.Quantity ? PathOf("png") : null;

    public string Format => Kind == ProductKind.Dataset ? MapFile.Gzip : MapFile.Fits;

    public SkyGrid Grid => Tile is { } tile ? Survey.Survey.GridOf(tile) : Survey.Mosaic!.Grid;

    public MapAxis Energy
    {
        get
        {
            if (Kind == ProductKind.Dataset) return Survey.Survey.Energy;
            var axis = Survey.Axis(Map!, Quantity ?? "ts");
            if (Quantity is not null && QuantityNames.IsSummed(Quantity)) return axis.Squash();
            return Kind == ProductKind.Mosaic ? axis.Slice(Bin, Bin) : axis;
        }
    }

    /// <summary>The product with an identifier; null if no product of a survey has it.</summary>
    public static async Task<Product?> FindAsync(string id, KnownSurveys known, CancellationToken cancellationToken)
    {
        if (id.Length > LongestId || !id.StartsWith(Authority, StringComparison.Ordinal)) return null;
        if (id[Authority.Length..].Split('?') is not [var survey, var key]) return null;
        try
        {
            return Parse(await known.GetAsync(survey, cancellationToken), key.Split('/'));
        }
        catch (SurveyException exception) when (exception.Unknown is not null)
        {
            return null;
        }
    }

    private static Product? Parse(KnownSurvey survey, string[] key) => key switch
    {
        ["mosaic", var map, var quantity, var bin, var slice] when survey.Mosaic is not null =>
            Of(survey, ProductKind.Mosaic, null, map, quantity, bin, slice),
        ["quantity", var tile, var map, var quantity, var slice] =>
            Of(survey, ProductKind.Quantity, survey.Survey.FindTile(tile), map, quantity, "0", slice),
        ["fluxmaps", var tile, var map, var slice] =>
            Of(survey, ProductKind.FluxMaps, survey.Survey.FindTile(tile), map, null, "0", slice),
        ["dataset", var tile, var slice] => Of(survey, ProductKind.Dataset, survey.Survey.FindTile(tile), null, null, "0", slice),
        _ => null,
    };

    private static Product? Of(
        KnownSurvey survey, ProductKind kind, TileId? tile, string? map, string? quantity, string bin, string slice)
    {
        if (map is not null) map = survey.Survey.FindMap(map);
        if (quantity is not null) quantity = survey.Survey.FindQuantity(map!, quantity);
        if (!int.TryParse(bin, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var bins = quantity is null || QuantityNames.IsSummed(quantity) ? 1 : survey.Axis(map!, quantity).BinCount;
        return number < bins && slice.Length > 0
            ? new Product(survey, kind, tile, map, quantity, number, survey.Survey.FindSlice(slice).Name) : null;
    }

    private string PathOf(string format)
    {
        var path = $"{ApiRoutes.Surveys}/{Survey.Name}" + Kind switch
        {
            ProductKind.Mosaic => $"/mosaic/{Quantity}.{format}",
            ProductKind.Quantity => $"/tiles/{Tile}/{Map}/{Quantity}.{format}",
            ProductKind.FluxMaps => $"/tiles/{Tile}/maps/{Map}.{format}",
            _ => $"/tiles/{Tile}/dataset.fits.gz",
        };
        var query = new List<string>();
        if (Kind == ProductKind.Mosaic) query.Add($"map={Map}");
        if (Kind == ProductKind.Mosaic && !QuantityNames.IsSummed(Quantity!)) query.Add($"energy={Bin}");
        if (Slice != TimeSlice.AllName) query.Add($"slice={Slice}");
        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }
}
