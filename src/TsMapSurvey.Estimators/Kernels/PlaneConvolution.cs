using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace TsMapSurvey.Estimators.Kernels;

/// <summary>
/// Linear convolution by FFT of square images with an odd side, cropped to the size of the first ("same"); values at or below the rounding
/// error become zero. Only pixels outside the result may wrap around, so that the transform has the length of the image plus half a
/// kernel. Two real kernels share one complex transform.
/// </summary>
internal sealed class PlaneConvolution
{
    /// <summary>The rounding error of the FFT is below this fraction of the image's sum; smaller values are set to zero.</summary>
    private const double Rounding = 1e-17;

    private readonly double _noise;

    private readonly int _size;
    private readonly int _kernelSize;
    private readonly int _reach;
    private readonly int _padded;
    private readonly Complex[] _line;
    private readonly Complex[] _image;

    public PlaneConvolution(double[] image, int size, int kernelSize)
    {
        (_size, _kernelSize, _reach) = (size, kernelSize, Math.Min(kernelSize / 2, size - 1));
        _noise = Rounding * image.Sum();
        _padded = (int)BitOperations.RoundUpToPowerOf2((uint)(size + _reach));
        _line = new Complex[_padded];
        _image = new Complex[_padded * _padded];
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++) _image[y * _padded + x] = image[y * size + x];
        Forward(_image, 0, size);
    }

    /// <summary>The image convolved with each kernel.</summary>
    public double[][] Convolve(IReadOnlyList<double[]> kernels)
    {
        var results = new double[kernels.Count][];
        var product = new Complex[_image.Length];
        for (var first = 0; first < kernels.Count; first += 2)
        {
            Array.Clear(product);
            var second = first + 1 < kernels.Count ? kernels[first + 1] : null;
            for (var y = -_reach; y <= _reach; y++)
                for (var x = -_reach; x <= _reach; x++)
                {
                    var from = (y + _kernelSize / 2) * _kernelSize + x + _kernelSize / 2;
                    product[Wrapped(y) * _padded + Wrapped(x)] = new Complex(kernels[first][from], second?[from] ?? 0);
                }

            Forward(product, -_reach, 2 * _reach + 1);
            for (var i = 0; i < product.Length; i++) product[i] *= _image[i];
            Inverse(product, _size);
            results[first] = Cut(product, value => value.Real);
            if (second is not null) results[first + 1] = Cut(product, value => value.Imaginary);
        }

        return results;
    }

    private int Wrapped(int index) => index < 0 ? index + _padded : index;

    private double[] Cut(Complex[] product, Func<Complex, double> part)
    {
        var result = new double[_size * _size];
        for (var i = 0; i < result.Length; i++)
        {
            var value = part(product[i / _size * _padded + i % _size]);
            result[i] = value > _noise ? value : 0;
        }

        return result;
    }

    /// <summary>MathNet's managed provider has only the one-dimensional transform. Rows of zeros are skipped.</summary>
    private void Forward(Complex[] image, int firstRow, int rows)
    {
        for (var y = firstRow; y < firstRow + rows; y++) Row(image, Wrapped(y), line => Fourier.Forward(line, FourierOptions.Matlab));
        for (var x = 0; x < _padded; x++) Column(image, x, line => Fourier.Forward(line, FourierOptions.Matlab));
    }

    /// <summary>Computes only the first rows of the result.</summary>
    private void Inverse(Complex[] image, int rows)
    {
        for (var x = 0; x < _padded; x++) Column(image, x, line => Fourier.Inverse(line, FourierOptions.Matlab));
        for (var y = 0; y < rows; y++) Row(image, y, line => Fourier.Inverse(line, FourierOptions.Matlab));
    }

    private void Row(Complex[] image, int y, Action<Complex[]> transform)
    {
        Array.Copy(image, y * _padded, _line, 0, _padded);
        transform(_line);
        Array.Copy(_line, 0, image, y * _padded, _padded);
    }

    private void Column(Complex[] image, int x, Action<Complex[]> transform)
    {
        for (var y = 0; y < _padded; y++) _line[y] = image[y * _padded + x];
        transform(_line);
        for (var y = 0; y < _padded; y++) image[y * _padded + x] = _line[y];
    }
}
