using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>
/// Reads and writes MapDataset FITS files in gammapy's format. Every HDU is optional. Units are converted to m² s, sr⁻¹, TeV and degrees.
/// </summary>
public static class MapDatasetFile
{
    /// <summary>Reads a dataset. Its name is NAME of the primary header, or else the file name.</summary>
    /// <exception cref="FitsException">The file is damaged or not a FITS file.</exception>
    /// <exception cref="MapException">The file is not a usable MapDataset.</exception>
    public static MapDataset Read(string path)
    {
        using var file = FitsFile.Open(path);
        return Read(file);
    }

    /// <inheritdoc cref="Read(string)"/>
    public static MapDataset Read(FitsFile file) => Read(file, null);

    /// <param name="arrays">The pool for the maps' arrays, to which the caller returns the dataset; null to allocate them.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static MapDataset Read(FitsFile file, MapArrays? arrays)
    {
        EnsureIsDataset(file);
        return ReadMetadata(file, arrays) with
        {
            Counts = Optional(file, "COUNTS", "", arrays),
            Background = Optional(file, "BACKGROUND", "", arrays),
            Exposure = WithAxes(file, "EXPOSURE", EnergyTrue(Optional(file, "EXPOSURE", "m2 s", arrays)), ["energy_true"]),
            MaskSafe = Mask(file, "MASK_SAFE", arrays),
            MaskFit = Mask(file, "MASK_FIT", arrays),
        };
    }

    /// <summary>Opens a dataset to be read by image rows. A gzip file is decompressed to a temporary file.</summary>
    /// <param name="cancellationToken">Cancels the decompression.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static MapDatasetStrips Open(string path, CancellationToken cancellationToken = default)
    {
        var file = FitsFile.OpenInParts(path, cancellationToken: cancellationToken);
        try
        {
            EnsureIsDataset(file);
            return new MapDatasetStrips(
                file, ReadMetadata(file, null), (name, unit) => file.Find(name) is { } hdu ? MapRows.Open(file, hdu, unit) : null);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a dataset, compressed if the path ends in .gz. If it throws, no file is created at the path.</summary>
    public static void Write(string path, MapDataset dataset, FitsElementType storeAs = FitsElementType.Single) =>
        FitsWriter.Write(path, writer => Write(writer, dataset, storeAs));

    public static void Write(FitsWriter writer, MapDataset dataset, FitsElementType storeAs = FitsElementType.Single)
    {
        var primary = new FitsHeader();
        primary.Set("NAME", dataset.Name);
        primary.Set("CREATOR", "TsMapSurvey");
        writer.WriteEmptyPrimary(primary);
        void Map(string name, Map<double>? map, string meta = "{}")
        {
            if (map is not null) MapWriter.Write(writer, name, map, storeAs, meta);
        }

        Map("COUNTS", dataset.Counts);
        Map("EXPOSURE", dataset.Exposure, ExposureMeta.Write(dataset.LiveTimeS));
        Map("BACKGROUND", dataset.Background);
        Map("EDISP", dataset.Edisp?.Data);
        Map("EDISP_EXPOSURE", dataset.Edisp?.Exposure);
        Map("PSF", dataset.Psf?.Density);
        Map("PSF_EXPOSURE", dataset.Psf?.Exposure);
        if (dataset.MaskSafe is { } safe) MapWriter.Write(writer, "MASK_SAFE", safe);
        if (dataset.MaskFit is { } fit) MapWriter.Write(writer, "MASK_FIT", fit);
        if (dataset.Gti is { } gti) GtiTable.Write(writer, gti);
    }

    /// <summary>Old files name the exposure's axis "energy"; it is renamed to "energy_true".</summary>
    internal static MapGeometry EnergyTrue(MapGeometry exposure) => exposure.FindAxis("energy_true") is not null
        ? exposure
        : exposure.With([.. exposure.Axes.Select(axis => axis.Name == "energy" ? axis.Rename("energy_true") : axis)]);

    private static Map<double>? EnergyTrue(Map<double>? exposure) =>
        exposure is null ? null : exposure with { Geometry = EnergyTrue(exposure.Geometry) };

    private static void EnsureIsDataset(FitsFile file)
    {
        if (file.Find("COUNTS") is not null || file.Find("BACKGROUND") is not null || file.Find("MASK_SAFE") is not null) return;
        HealPix.Refuse(file);
        var found = string.Join(", ", file.Hdus.Select(hdu => hdu.Name.Length > 0 ? hdu.Name : $"unnamed ({hdu.Index})"));
        throw MapErrors.Unsupported(file.Name, $"the HDUs {found}", "a MapDataset with COUNTS, BACKGROUND or MASK_SAFE");
    }

    /// <summary>Reads everything except the maps on the image.</summary>
    private static MapDataset ReadMetadata(FitsFile file, MapArrays? arrays) => new()
    {
        Name = file.Hdus[0].Header.GetString("NAME") ?? Path.GetFileName(file.Name),
        File = file.Name,
        ObservationId = file.Hdus[0].Header.GetString("OBS_ID") ?? file.Hdus[0].Header.GetString("NAME"),
        Psf = WithAxes(file, "PSF", Optional(file, "PSF", "sr-1", arrays), ["rad"], ["energy_true", "energy"]) is { } density
            ? new PsfMap(density, EnergyTrue(Optional(file, "PSF_EXPOSURE", "m2 s", arrays)))
            : null,
        Edisp = WithAxes(file, "EDISP", Optional(file, "EDISP", "", arrays), ["energy", "migra"], ["energy_true"]) is { } data
            ? new EdispMap(data, EnergyTrue(Optional(file, "EDISP_EXPOSURE", "m2 s", arrays)))
            : null,
        Gti = file.Find("GTI") is FitsTable gti ? GtiTable.Read(file, gti) : null,
        Warnings = file.Warnings,
        LiveTimeS = ExposureMeta.ReadLiveTimeS(file.Find("EXPOSURE")?.Header.GetString("META")),
    };

    /// <param name="names">The allowed names of each axis, fastest axis first.</param>
    private static Map<double>? WithAxes(FitsFile file, string name, Map<double>? map, params string[][] names)
    {
        if (map is not null) EnsureAxes(file, name, map.Geometry, names);
        return map;
    }

    internal static void EnsureAxes(FitsFile file, string name, MapGeometry found, params string[][] names)
    {
        if (found.Axes.Count == names.Length && found.Axes.Zip(names).All(axis => axis.Second.Contains(axis.First.Name))) return;
        throw MapErrors.Unsupported(
            HduPlace.Of(file, file.Find(name)!),
            $"the axes ({string.Join(", ", found.Axes.Select(axis => axis.Name))})",
            $"({string.Join(", ", names.Select(axis => string.Join(" or ", axis)))})");
    }

    private static Map<double>? Optional(FitsFile file, string name, string unit, MapArrays? arrays)
    {
        if (file.Find(name) is not { } hdu) return null;
        var map = MapReader.Read(file, hdu, arrays);
        var factor = MapUnits.Factor(file, hdu, map.Unit, unit);
        if (factor != 1)
            for (var i = 0; i < map.Data.Length; i++) map.Data[i] *= factor;
        return map with { Unit = unit };
    }

    private static Map<bool>? Mask(FitsFile file, string name, MapArrays? arrays)
    {
        if (file.Find(name) is not { } hdu) return null;
        var map = MapReader.Read(file, hdu, arrays);
        var mask = arrays?.Take<bool>(map.Data.Length) ?? new bool[map.Data.Length];
        for (var i = 0; i < mask.Length; i++) mask[i] = MapUnits.IsTrue(map.Data[i]);
        arrays?.Return(map.Data);
        return new Map<bool>(map.Geometry, mask);
    }
}
