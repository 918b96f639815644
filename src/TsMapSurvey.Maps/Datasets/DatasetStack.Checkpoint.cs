using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

// A checkpoint is a FITS file with the exact sums of the stack. Geometry and axes are not stored; they come from the survey.
public sealed partial class DatasetStack
{
    private const int CheckpointVersion = 1;

    private const string Irfs = "PSF EDISP";

    /// <summary>Writes the sums as a FITS file in double.</summary>
    public void Write(Stream stream)
    {
        using var writer = new FitsWriter(stream, leaveOpen: true);
        var primary = new FitsHeader();
        primary.Set("TSMAPCKP", (long)CheckpointVersion, "version of this checkpoint's layout");
        primary.Set("N_OBS", (long)ObservationCount, "observations in the sums");
        primary.Set("LIVETIME", _liveTimeS, "[s] sum of live times");
        writer.WriteEmptyPrimary(primary);
        void Cube(string name, double[] data, int planes) =>
            writer.WriteImage(name, [Geometry.Image.Width, Geometry.Image.Height, planes], data);
        Cube("COUNTS", _counts, Geometry.Energy.BinCount);
        Cube("BACKGROUND", _background, Geometry.Energy.BinCount);
        Cube("EXPOSURE", _exposure, Geometry.EnergyTrue.BinCount);
        writer.WriteImage("COVERAGE", [Geometry.Image.Width, Geometry.Image.Height, Geometry.Energy.BinCount], _coverage);
        if (_fitCoverage is { } fit)
            writer.WriteImage("FIT_COVERAGE", [Geometry.Image.Width, Geometry.Image.Height, Geometry.Energy.BinCount], fit);
        foreach (var (name, irf) in Irfs.Split(' ').Zip([_psf, _edisp]))
        {
            if (irf is null) continue;
            writer.WriteImage($"{name}_WEIGHT", [irf.WeightSums.Length], irf.WeightSums);
            writer.WriteImage($"{name}_SUM", [irf.ValueSums.Length], irf.ValueSums);
        }

        writer.WriteTable("INTERVALS", [
            FitsTableColumn.Doubles("START", [.. _intervals.Select(interval => interval.StartS)], "s"),
            FitsTableColumn.Doubles("STOP", [.. _intervals.Select(interval => interval.StopS)], "s"),
        ]);
        writer.Complete();
    }

    /// <summary>Reads the number of observations from the header of a checkpoint.</summary>
    /// <exception cref="FitsException">The checkpoint is damaged.</exception>
    /// <exception cref="MapException">The file is not a checkpoint.</exception>
    public static long CountIn(Stream stream, string name)
    {
        using var file = FitsFile.Open(stream, name);
        file.Hdus[0].EnsureIntact();
        return file.Hdus[0].Header.GetInteger("N_OBS") ?? throw MapErrors.Unsupported(name, "no N_OBS", "a checkpoint");
    }

    /// <summary>Reads a stack written by <see cref="Write"/>.</summary>
    /// <exception cref="FitsException">The checkpoint is damaged.</exception>
    /// <exception cref="MapException">The checkpoint has another version or another shape.</exception>
    public static DatasetStack Read(Stream stream, string name, SkyGrid image, MapDataset template)
    {
        using var file = FitsFile.Open(stream, name);
        file.EnsureIntact();
        var header = file.Hdus[0].Header;
        if (header.GetInteger("TSMAPCKP") is not CheckpointVersion)
            throw MapErrors.Unsupported(name, $"TSMAPCKP {header.GetInteger("TSMAPCKP")}", $"a checkpoint of version {CheckpointVersion}");
        var stack = new DatasetStack(image, template) { ObservationCount = (int)(header.GetInteger("N_OBS") ?? 0) };
        stack._liveTimeS = header.GetDouble("LIVETIME") ?? 0;
        Fill(file, "COUNTS", stack._counts);
        Fill(file, "BACKGROUND", stack._background);
        Fill(file, "EXPOSURE", stack._exposure);
        FillCounters(file, "COVERAGE", stack._coverage);
        if (file.Find("FIT_COVERAGE") is not null) FillCounters(file, "FIT_COVERAGE", stack._fitCoverage = new int[stack._coverage.Length]);
        foreach (var (hdu, irf) in Irfs.Split(' ').Zip([stack._psf, stack._edisp]))
        {
            if (irf is null) continue;
            Fill(file, $"{hdu}_WEIGHT", irf.WeightSums);
            Fill(file, $"{hdu}_SUM", irf.ValueSums);
        }

        var table = file.Find("INTERVALS") as FitsTable ?? throw MapErrors.MissingMap(name, "INTERVALS", "a checkpoint");
        var (starts, stops) = (table.Find("START")!.ReadDoubles(), table.Find("STOP")!.ReadDoubles());
        stack._intervals.AddRange(starts.Zip(stops, (start, stop) => new TimeInterval(start, stop)));
        return stack;
    }

    private static FitsImage Image(FitsFile file, string hdu, int length)
    {
        var image = file.Find(hdu) as FitsImage ?? throw MapErrors.MissingMap(file.Name, hdu, "a checkpoint");
        return image.Count == length
            ? image : throw MapErrors.BadGeometry($"{file.Name}, {hdu}", $"found {image.Count} values, expected {length} for this stack");
    }

    private static void Fill(FitsFile file, string hdu, double[] values) => Image(file, hdu, values.Length).ReadDoubles(0, values);

    private static void FillCounters(FitsFile file, string hdu, int[] values)
    {
        var read = Image(file, hdu, values.Length).ReadIntegers();
        for (var i = 0; i < values.Length; i++) values[i] = (int)read[i];
    }
}
