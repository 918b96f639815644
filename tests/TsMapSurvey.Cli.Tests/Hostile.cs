using System.IO.Compression;
using System.Text;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Cli.Tests;

/// <summary>Files that look like observations and are not.</summary>
internal static class Hostile
{
    /// <summary>Writes fifty and returns their paths.</summary>
    public static List<string> Write(string folder, string good)
    {
        var paths = new List<string>();
        var plain = Unzip(File.ReadAllBytes(good));
        var dataset = MapDatasetFile.Read(good);
        void Bytes(string name, byte[] content)
        {
            paths.Add(Path.Combine(folder, name));
            File.WriteAllBytes(paths[^1], content);
        }

        void Dataset(string name, MapDataset bad)
        {
            paths.Add(Path.Combine(folder, name));
            MapDatasetFile.Write(paths[^1], bad);
        }

        Bytes("empty.fits", []);
        Bytes("text.fits", Encoding.ASCII.GetBytes("this is no FITS file at all"));
        Bytes("zeros.fits", new byte[28800]);
        Bytes("noise.fits.gz", Noise(1, 50000));
        Bytes("bomb.fits.gz", Zip(new byte[256 << 20]));
        Bytes("half.fits.gz", File.ReadAllBytes(good)[..20000]);
        for (var i = 0; i < 10; i++) Bytes($"cut-{i}.fits", plain[..(plain.Length * (i + 1) / 12)]);
        Bytes("naxis-bomb.fits", Card(plain, "NAXIS1", "NAXIS1  =           2147483647"));
        Bytes("naxis-negative.fits", Card(plain, "NAXIS1", "NAXIS1  =                   -5"));
        Bytes("naxis-999.fits", Card(plain, "NAXIS  ", "NAXIS   =                  999", 1));
        Bytes("bitpix.fits", Card(plain, "BITPIX", "BITPIX  =                   17", 1));
        Bytes("pcount.fits", Card(plain, "PCOUNT", "PCOUNT  =  9223372036854775807"));
        Bytes("tfields.fits", Card(plain, "TFIELDS", "TFIELDS =            999999999"));
        Bytes("tform.fits", Card(plain, "TFORM1", "TFORM1  = '999999999D'        "));
        Bytes("ctype.fits", Card(plain, "CTYPE1", "CTYPE1  = 'XLON-WHAT'         "));
        Bytes("cdelt.fits", Card(plain, "CDELT1", "CDELT1  =                  0.0"));
        Bytes("no-end.fits",
            Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(plain[..2880]).Replace("END ", "XND ", StringComparison.Ordinal)));
        for (var i = 0; i < 8; i++) Bytes($"fuzzed-{i}.fits", Fuzz(plain, i));
        var counts = dataset.Counts!;
        Dataset("nan.fits.gz", dataset with { Counts = counts with { Data = Array.ConvertAll(counts.Data, _ => double.NaN) } });
        Dataset("negative.fits.gz", dataset with { Counts = counts with { Data = Array.ConvertAll(counts.Data, _ => -1.0) } });
        Dataset("no-background.fits.gz", dataset with { Background = null });
        Dataset("no-exposure.fits.gz", dataset with { Exposure = null });
        Dataset("no-psf.fits.gz", dataset with { Psf = null });
        Dataset("no-edisp.fits.gz", dataset with { Edisp = null });
        Dataset("nan-background.fits.gz",
            dataset with { Background = dataset.Background! with { Data = Array.ConvertAll(counts.Data, _ => double.NaN) } });
        Dataset("nan-exposure.fits.gz",
            dataset with { Exposure = dataset.Exposure! with { Data = Array.ConvertAll(dataset.Exposure.Data, _ => double.NaN) } });
        Dataset("other-axis.fits.gz", dataset with
        {
            Counts =
            counts with { Geometry = counts.Geometry.With(MapAxis.EnergyBins("energy", 0.5, 30, counts.Geometry.PlaneCount)) }
        });
        for (var i = 1; i <= 7; i++) Bytes(
            $"shifted-{i}.fits", Card(plain, "CRPIX1", FormattableString.Invariant($"CRPIX1  = {i + 0.37,20:0.00}")));
        return paths;
    }

    /// <summary>The file with one card of its second HDU (or the n-th of that keyword) replaced.</summary>
    private static byte[] Card(byte[] plain, string keyword, string card, int occurrence = 0)
    {
        var copy = plain.ToArray();
        for (var at = 0; at + 80 <= copy.Length; at += 80)
        {
            if (Encoding.ASCII.GetString(copy, at, keyword.Length) != keyword || occurrence-- > 0) continue;
            Encoding.ASCII.GetBytes(card.PadRight(80)).CopyTo(copy, at);
            return copy;
        }

        throw new InvalidOperationException($"no card {keyword}");
    }

    /// <summary>Random bytes over the headers of the first HDUs, enough to break them.</summary>
    private static byte[] Fuzz(byte[] plain, int seed)
    {
        var (copy, random) = (plain.ToArray(), new Random(seed));
        for (var i = 0; i < 200; i++) copy[random.Next(2880 * 2)] = (byte)random.Next(256);
        return copy;
    }

    private static byte[] Noise(int seed, int length)
    {
        var noise = new byte[length];
        new Random(seed).NextBytes(noise);
        (noise[0], noise[1]) = (0x1f, 0x8b);
        return noise;
    }

    private static byte[] Unzip(byte[] zipped)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(zipped), CompressionMode.Decompress)) gzip.CopyTo(result);
        return result.ToArray();
    }

    private static byte[] Zip(byte[] content)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest)) gzip.Write(content);
        return result.ToArray();
    }
}
