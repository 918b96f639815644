using TsMapSurvey.Fits;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>Memory of datasets and stacks in bytes: of existing ones, and estimated before allocation.</summary>
public static class DatasetBytes
{
    /// <summary>All arrays of a dataset, including IRFs.</summary>
    public static long Of(MapDataset dataset) =>
        8L * (Count(dataset.Counts) + Count(dataset.Background) + Count(dataset.Exposure)
            + Count(dataset.Psf?.Density) + Count(dataset.Psf?.Exposure) + Count(dataset.Edisp?.Data) + Count(dataset.Edisp?.Exposure))
        + Count(dataset.MaskSafe) + Count(dataset.MaskFit);

    /// <summary>The maximum for reading a file, computed from its headers: its images as doubles in addition to the stored data.</summary>
    public static double OfFile(FitsFile file) =>
        file.Hdus.OfType<FitsImage>().Sum(image => image.Count * (8.0 + Math.Abs((int)image.ElementType) / 8.0));

    /// <summary>The arrays of a <see cref="DatasetStack"/> of this shape.</summary>
    public static double OfStack(StackGeometry geometry) =>
        Pixels(geometry) * (8.0 * Planes(geometry) + 2 * 4.0 * geometry.Energy.BinCount) + OfIrfs(geometry);

    /// <summary>The arrays of the dataset that <see cref="DatasetStack.ToDataset"/> creates.</summary>
    public static double OfStackedDataset(StackGeometry geometry) =>
        Pixels(geometry) * (8.0 * Planes(geometry) + 2.0 * geometry.Energy.BinCount) + OfIrfs(geometry);

    private static double Pixels(StackGeometry geometry) => (double)geometry.Image.Width * geometry.Image.Height;

    private static int Planes(StackGeometry geometry) => 2 * geometry.Energy.BinCount + geometry.EnergyTrue.BinCount;

    private static double OfIrfs(StackGeometry geometry) => OfIrf(geometry.Psf) + OfIrf(geometry.Edisp);

    /// <summary>Values and weights. The first axis is rad, migra or reconstructed energy; the second is true energy.</summary>
    private static double OfIrf(MapGeometry? irf) =>
        irf is null ? 0 : 8.0 * (irf.Axes[0].BinCount + 1) * irf.Axes[1].BinCount * irf.Width * irf.Height;

    private static long Count<T>(Map<T>? map)
        where T : unmanaged => map?.Data.Length ?? 0;
}
