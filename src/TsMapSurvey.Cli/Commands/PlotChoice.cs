using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Plots;

namespace TsMapSurvey.Cli.Commands;

/// <summary>The map of a file that is drawn, and its quantity.</summary>
/// <param name="What">The quantity, or the HDU of a map whose quantity is not known.</param>
/// <param name="Place">File and HDU, for messages.</param>
internal sealed record PlotChoice(Map<double> Map, QuantityLabel Label, string What, string Place, bool IsKnown)
{
    private const string DefaultQuantity = "sqrt_ts";
    private const string DatasetQuantity = "counts";

    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>
    /// The HDU with the number; else the one with the quantity's name, or that quantity computed from FluxMaps; else the only map. If the
    /// name of the HDU is not a quantity, the map is taken for <paramref name="quantity"/>.
    /// </summary>
    /// <param name="quantity">As typed; null: sqrt_ts, the counts of a dataset, or the only map.</param>
    public static PlotChoice Of(FitsFile fits, int? number, string? quantity)
    {
        if (number is { } index)
        {
            return index >= 0 && index < fits.Hdus.Count ? OfHdu(fits, fits.Hdus[index], quantity)
                : throw CliErrors.NoSuchHdu(index, fits.Name, fits.Hdus.Count);
        }

        var wanted = Normal(quantity ?? DefaultQuantity);
        if ((fits.Find(quantity ?? DefaultQuantity) ?? fits.Find(wanted)) is { Name: not "PRIMARY" } named) return OfHdu(fits, named, null);
        if (Computed(fits, wanted) is { } computed) return computed;
        FitsHdu[] maps = [.. fits.Hdus.Where(HduKinds.IsSkyImage)];
        if (maps is [var only] && (quantity is null || !IsQuantity(only.Name))) return OfHdu(fits, only, quantity);
        if (quantity is null && fits.Find(DatasetQuantity) is { } counts && HduKinds.IsSkyImage(counts)) return OfHdu(fits, counts, null);
        if (maps.Length > 0) throw NoSuchMap(fits, wanted, maps);
        HduKinds.RefuseHealPix(fits);
        throw CliErrors.NoImage(fits.Name);
    }

    private static FailedException NoSuchMap(FitsFile fits, string wanted, FitsHdu[] maps)
    {
        var names = maps.Select(map => map.Name.ToLowerInvariant()).Where(IsQuantity).Concat(FluxMapsOf(fits)?.Quantities ?? []);
        var suggestion = !IsQuantity(wanted) && NearestName.Of(wanted, names) is { } name ? $" (did you mean {name}?)" : "";
        var choices = maps.Select(map => IsNameless(map) ? $"HDU {map.Index}" : $"{map.Name.ToLowerInvariant()} (HDU {map.Index})");
        return CliErrors.NoSuchMap(fits.Name, wanted, suggestion, choices);
    }

    private static PlotChoice OfHdu(FitsFile fits, FitsHdu hdu, string? quantity)
    {
        var place = $"{fits.Name}, HDU {hdu.Index}{(hdu.Name.Length > 0 ? $" ({hdu.Name})" : "")}";
        var known = quantity is null ? hdu.Name.ToLowerInvariant() : ParseQuantity(quantity);
        var map = CubeReader.Read(fits, hdu);
        if (IsQuantity(known)) return new PlotChoice(map, QuantityLabels.Of(known), known, place, true);
        var isMask = hdu.Name.Contains("mask", StringComparison.OrdinalIgnoreCase)
            || hdu is FitsImage { ElementType: FitsElementType.Byte or FitsElementType.Int64 };
        var label = QuantityLabels.Neutral(IsNameless(hdu) ? Stem(fits.Name) : hdu.Name, map, isMask);
        return new PlotChoice(map, label, IsNameless(hdu) ? $"HDU {hdu.Index}" : hdu.Name, place, false);
    }

    /// <summary>A quantity that FluxMaps do not store but imply: sqrt_ts from TS, fluxes from norms. Null for other quantities.</summary>
    private static PlotChoice? Computed(FitsFile fits, string wanted) =>
        IsQuantity(wanted) && FluxMapsOf(fits) is { } maps && maps.Find(wanted) is { } map
            ? new PlotChoice(map, QuantityLabels.Of(wanted), wanted, fits.Name, true) { Warnings = maps.Warnings }
            : null;

    /// <summary>Null if the file does not hold FluxMaps but, for example, a dataset or a mosaic.</summary>
    private static FluxMaps? FluxMapsOf(FitsFile fits)
    {
        if (fits.Hdus.All(hdu => !IsQuantity(hdu.Name) || hdu is not FitsImage)) return null;
        try
        {
            return FluxMapsFile.Read(fits.Name);
        }
        catch (MapException)
        {
            return null;
        }
    }

    private static string ParseQuantity(string quantity)
    {
        var normal = Normal(quantity);
        if (IsQuantity(normal)) return normal;
        var expected = NearestName.Of(normal, QuantityLabels.Names) is { } nearest ? $"did you mean {nearest}?"
            : $"expected one of {string.Join(", ", QuantityLabels.Names.Order(StringComparer.Ordinal))}";
        throw CliErrors.UnknownQuantity(quantity, expected);
    }

    private static bool IsQuantity(string name) => QuantityLabels.Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool IsNameless(FitsHdu hdu) => hdu.Name is "" or "PRIMARY";

    private static string Normal(string quantity) => quantity.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    private static string Stem(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var ending in new[] { ".gz", ".fz", ".fits", ".fit" })
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) name = name[..^ending.Length];
        return name;
    }
}
