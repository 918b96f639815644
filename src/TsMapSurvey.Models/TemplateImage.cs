using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Units;
using TsMapSurvey.Models.Yaml;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Models;

/// <summary>Reads the image of a template model from its FITS file: units, normalisation, and warnings about its values.</summary>
internal static class TemplateImage
{
    private const string EnergyTrue = "energy_true";

    /// <summary>Unit of the diffuse models of Fermi-LAT, which have no BUNIT. A cube with a GTI table is an exposure instead.</summary>
    private const string FermiUnit = "cm-2 s-1 MeV-1 sr-1";

    /// <param name="given">The parameters of a TemplateNDSpatialModel; null for a TemplateSpatialModel.</param>
    /// <inheritdoc cref="TemplateSource.Read"/>
    public static TemplateSource Read(string path, bool normalize, IReadOnlyList<TableParameter>? given)
    {
        using var file = FitsFile.Open(path);
        var hdu = file.Hdus.FirstOrDefault(
            hdu => hdu is FitsImage { Axes.Length: >= 2 } || (hdu is FitsTable table && table.Find("PIX") is not null))
            ?? throw MapErrors.Unsupported(path, "no image", "a FITS file with a template image");
        var map = MapReader.Read(file, hdu);
        if (map.Unit.Length == 0 && map.Geometry.Axes.Count == 1 && file.Find("ENERGIES") is not null && file.Find("GTI") is null)
            map = map with { Unit = FermiUnit };
        var isDouble = hdu is FitsImage image && image.Header.GetInteger("BITPIX") == -64;
        return Create(map, Path.GetFullPath(path), normalize, isDouble, given);
    }

    /// <param name="isDouble">Whether the file has double precision. It determines the smallest value, as in gammapy.</param>
    public static TemplateSource Create(
        Map<double> map, string fileName, bool normalize = true, bool isDouble = true, IReadOnlyList<TableParameter>? given = null)
    {
        if (map.Geometry.Grid is not { } grid) throw MapErrors.Unsupported(fileName, "a template without a sky image", "a map with pixels");
        var energy = map.Geometry.FindAxis(EnergyTrue);
        if (given is null && map.Geometry.Axes.FirstOrDefault(axis => axis.Name != EnergyTrue) is { } other)
            throw MapErrors.Unsupported(
                fileName, $"a template with the axis {other.Name}", $"an image, or a cube with the axis {EnergyTrue}");
        var warnings = new List<string>();
        var values = Checked(map, fileName, normalize, warnings);
        var (factor, isFlux) = normalize ? (1, false) : Factor(map.Unit, fileName, warnings);
        if (normalize) Normalise(values, grid, fileName);
        else for (var i = 0; i < values.Length; i++) values[i] *= factor;
        var smallest = normalize || isDouble ? LogValues.Smallest : LogValues.SmallestSingle * factor;
        var (logs, parameters) = MapSlices.AtParameters(
            map with { Data = values }, value => LogValues.ToLog(value, smallest), EnergyTrue, given ?? []);
        return new TemplateSource(grid, energy, logs, smallest)
        {
            FileName = fileName,
            Normalize = normalize,
            IsFlux = isFlux,
            Parameters = given is null ? null : parameters,
            Warnings = warnings,
        };
    }

    /// <summary>
    /// NaN and infinite values are set to zero. Negative values become zero with their logarithms; as in gammapy, the sum for the
    /// normalisation includes them.
    /// </summary>
    private static double[] Checked(Map<double> map, string fileName, bool normalize, List<string> warnings)
    {
        var (missing, negative) = (map.Data.Count(value => !double.IsFinite(value)), map.Data.Count(value => value < 0));
        if (missing > 0)
            warnings.Add($"{fileName}: {missing} of {map.Data.Length} pixels of the template are NaN or infinite; 0 is used for them");
        if (negative > 0)
            warnings.Add(
                $"{fileName}: {negative} of {map.Data.Length} pixels of the template are below zero; 0 is used for them"
                + (normalize ? ", except in the sum for the normalisation" : ""));
        if (!map.Data.Any(value => value > 0)) throw ModelErrors.BadTemplate(fileName, "no value above zero");
        return Array.ConvertAll(map.Data, value => double.IsFinite(value) ? value : 0);
    }

    /// <summary>Scales each plane to an integral of one; a plane of zeros is not changed.</summary>
    private static void Normalise(double[] values, SkyGrid grid, string fileName)
    {
        var length = grid.Width * grid.Height;
        for (var start = 0; start < values.Length; start += length)
        {
            var plane = values.AsSpan(start, length);
            var sum = 0.0;
            foreach (var value in plane) sum += value;
            if (sum == 0 && !plane.ContainsAnyExcept(0.0)) continue;
            if (!(sum > 0)) throw ModelErrors.BadTemplate(fileName, $"a sum of {sum}");
            // A pixel that is partly outside the projected sky has the solid angle NaN.
            for (var i = 0; i < length; i++)
                if (plane[i] != 0) plane[i] = grid.SolidAngleSr(i % grid.Width, i / grid.Width) is > 0 and var solidAngle
                    ? plane[i] / (sum * solidAngle) : 0;
        }
    }

    /// <summary>The factor to sr⁻¹, or to cm⁻² s⁻¹ TeV⁻¹ sr⁻¹ for a flux. As in gammapy, a missing or unknown unit means sr⁻¹.</summary>
    private static (double Factor, bool IsFlux) Factor(string text, string fileName, List<string> warnings)
    {
        Unit unit;
        try
        {
            unit = Unit.Parse(text);
        }
        catch (MapException exception) when (exception.Error == MapError.BadUnit)
        {
            warnings.Add($"{fileName}: {exception.Message}; the template's values are assumed to be in sr-1");
            return (1, false);
        }

        var flux = Unit.Parse($"{SpectralKinds.FluxUnit} sr-1");
        if (unit.IsCompatibleWith(flux)) return (unit.To(flux, fileName), true);
        return (unit == Unit.None ? 1 : unit.To(Unit.Parse("sr-1"), $"{fileName}: the template"), false);
    }
}
