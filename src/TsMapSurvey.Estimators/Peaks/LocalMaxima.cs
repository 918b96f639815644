namespace TsMapSurvey.Estimators.Peaks;

/// <summary>
/// Pixels that are the highest in a square around them, as in gammapy's find_peaks. Adjacent pixels with equal values are one maximum, at
/// the pixel nearest to their centroid, or none if one of them has a higher pixel in its square. NaN and pixels outside the image are
/// lower than everything. The cost is linear in the number of pixels: the maximum along rows is computed in one pass, and along columns
/// only for pixels that are the highest in their row.
/// </summary>
internal static class LocalMaxima
{
    /// <param name="reach">The square has 2 reach + 1 pixels along a side.</param>
    public static List<int> Find(ReadOnlySpan<double> plane, int width, double threshold, int reach)
    {
        var rowMax = RowMaxima(plane, width, reach);
        var found = new List<int>();
        HashSet<int>? visited = null;
        for (var i = 0; i < plane.Length; i++)
        {
            if (!Leads(plane, rowMax, width, i, threshold, reach)) continue;
            if (!TouchesEqual(plane, width, i)) found.Add(i);
            else if ((visited ??= []).Add(i) && Plateau(plane, rowMax, width, i, threshold, reach, visited) is { } middle)
                found.Add(middle);
        }

        return found;
    }

    /// <summary>The up to eight neighbours of a pixel inside the image.</summary>
    public static IEnumerable<int> Around(int pixel, int width, int length)
    {
        var (x0, y0) = (pixel % width, pixel / width);
        for (var y = Math.Max(0, y0 - 1); y <= y0 + 1 && y * width < length; y++)
            for (var x = Math.Max(0, x0 - 1); x <= x0 + 1 && x < width; x++)
                if (x != x0 || y != y0) yield return y * width + x;
    }

    private static bool Leads(ReadOnlySpan<double> plane, double[] rowMax, int width, int pixel, double threshold, int reach)
    {
        var value = plane[pixel];
        if (!(value >= threshold) || rowMax[pixel] > value) return false;
        var (x, y) = (pixel % width, pixel / width);
        var last = Math.Min(plane.Length / width - 1, y + reach);
        for (var row = Math.Max(0, y - reach); row <= last; row++)
            if (rowMax[row * width + x] > value) return false;
        return true;
    }

    /// <summary>
    /// The maximum of 2 reach + 1 pixels along x, computed from two running maxima, one from the left and one from the right, that restart
    /// at every block of this length (van Herk 1992, Pattern Recognition Letters 13, 517; Gil and Werman 1993).
    /// </summary>
    private static double[] RowMaxima(ReadOnlySpan<double> plane, int width, int reach)
    {
        var maxima = new double[plane.Length];
        reach = Math.Min(reach, width - 1);
        var block = 2 * reach + 1;
        var padded = new double[width + 2 * reach];
        Array.Fill(padded, double.NegativeInfinity);
        var (fromLeft, fromRight) = (new double[padded.Length], new double[padded.Length]);
        for (var start = 0; start < plane.Length; start += width)
        {
            for (var x = 0; x < width; x++) padded[x + reach] = double.IsNaN(plane[start + x]) ? double.NegativeInfinity : plane[start + x];
            for (var x = 0; x < padded.Length; x++)
                fromLeft[x] = x % block == 0 ? padded[x] : Math.Max(fromLeft[x - 1], padded[x]);
            for (var x = padded.Length - 1; x >= 0; x--)
                fromRight[x] = x == padded.Length - 1 || (x + 1) % block == 0 ? padded[x] : Math.Max(fromRight[x + 1], padded[x]);
            for (var x = 0; x < width; x++) maxima[start + x] = Math.Max(fromRight[x], fromLeft[x + block - 1]);
        }

        return maxima;
    }

    private static bool TouchesEqual(ReadOnlySpan<double> plane, int width, int pixel)
    {
        foreach (var other in Around(pixel, width, plane.Length))
            if (plane[other] == plane[pixel]) return true;
        return false;
    }

    private static int? Plateau(
        ReadOnlySpan<double> plane, double[] rowMax, int width, int first, double threshold, int reach, HashSet<int> visited)
    {
        var members = new List<int> { first };
        var isMaximum = true;
        for (var next = 0; next < members.Count; next++)
        {
            isMaximum &= Leads(plane, rowMax, width, members[next], threshold, reach);
            foreach (var other in Around(members[next], width, plane.Length))
                if (plane[other] == plane[first] && visited.Add(other)) members.Add(other);
        }

        if (!isMaximum) return null;
        var (x, y) = (members.Average(member => (double)(member % width)), members.Average(member => (double)(member / width)));
        return members.Order().MinBy(member => Math.Pow(member % width - x, 2) + Math.Pow(member / width - y, 2));
    }
}
