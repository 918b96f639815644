namespace TsMapSurvey.Estimators.Kernels;

/// <summary>
/// Convolves an image with PSF planes: directly if it has few nonzero pixels (a point source has four), otherwise by FFT.
/// </summary>
internal sealed class SpreadImage
{
    private const int MaxDirectPixels = 16;

    private readonly int _side;
    private readonly (int X, int Y, double Value)[] _bright;
    private readonly double[] _image;
    private PlaneConvolution? _convolution;

    /// <param name="image">A square with an odd side, row by row.</param>
    public SpreadImage(double[] image, int side)
    {
        (_image, _side) = (image, side);
        _bright = [.. Enumerable.Range(0, image.Length).Where(i => image[i] != 0).Take(MaxDirectPixels + 1)
            .Select(i => (i % side, i / side, image[i]))];
    }

    /// <summary>The image convolved with a square plane of odd size, at most that of the image; the result has the image's size.</summary>
    public double[] Convolve(double[] plane, int size)
    {
        if (_bright.Length > MaxDirectPixels)
            return (_convolution ??= new PlaneConvolution(_image, _side, size)).Convolve([plane])[0];
        var result = new double[_image.Length];
        foreach (var (x, y, value) in _bright)
            for (var j = 0; j < size; j++)
            {
                var row = y + j - size / 2;
                if (row < 0 || row >= _side) continue;
                for (var i = Math.Max(0, size / 2 - x); i < Math.Min(size, _side + size / 2 - x); i++) result[
                    row * _side + x + i - size / 2] += value * plane[j * size + i];
            }

        return result;
    }
}
