using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace TsMapSurvey.Maps.Estimators;

/// <summary>Linear convolution of square odd images by FFT, cut to the size of the first ("same"); rounding below zero is cut.</summary>
internal sealed class PlaneConvolution
{
    /// <summary>FFT rounding of an image of unit sum stays below this; smaller values are zero.</summary>
    private const double Rounding = 1e-17;

    private readonly int _size;
    private readonly int _kernelSize;
    private readonly int _padded;
    private readonly Complex[] _image;

    public PlaneConvolution(double[] image, int size, int kernelSize)
    {
        (_size, _kernelSize) = (size, kernelSize);
        _padded = (int)BitOperations.RoundUpToPowerOf2((uint)(size + kernelSize - 1));
        _image = Transform(image, size);
    }

    public double[] With(double[] kernel)
    {
        var product = Transform(kernel, _kernelSize);
        for (var i = 0; i < product.Length; i++) product[i] *= _image[i];
        EachLine(product, line => Fourier.Inverse(line, FourierOptions.Matlab));
        var result = new double[_size * _size];
        var shift = _kernelSize / 2;
        for (var y = 0; y < _size; y++)
            for (var x = 0; x < _size; x++)
            {
                var value = product[(y + shift) * _padded + x + shift].Real;
                result[y * _size + x] = value > Rounding ? value : 0;
            }

        return result;
    }

    private Complex[] Transform(double[] image, int size)
    {
        var padded = new Complex[_padded * _padded];
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
                padded[y * _padded + x] = image[y * size + x];
        EachLine(padded, line => Fourier.Forward(line, FourierOptions.Matlab));
        return padded;
    }

    /// <summary>Transforms all rows, then all columns: MathNet's managed provider has the one-dimensional transform only.</summary>
    private void EachLine(Complex[] image, Action<Complex[]> transform)
    {
        var line = new Complex[_padded];
        for (var y = 0; y < _padded; y++)
        {
            Array.Copy(image, y * _padded, line, 0, _padded);
            transform(line);
            Array.Copy(line, 0, image, y * _padded, _padded);
        }

        for (var x = 0; x < _padded; x++)
        {
            for (var y = 0; y < _padded; y++) line[y] = image[y * _padded + x];
            transform(line);
            for (var y = 0; y < _padded; y++) image[y * _padded + x] = line[y];
        }
    }
}
